"""What one scheme says otherwise than another, in sentences, so that a moved score can be laid at a line of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal

from etl.assess.policies import Policies, Policy
from etl.assess.scheme_parts import CAPS, REST
from etl.assess.schemes import Node, Quorum, Scheme
from etl.texts.catalogue import Text, texts

# What makes a leaf score as it does: all of it but its place in the tree, and the policies, which are told apart.
TOLD = [one.name for one in fields(Node) if one.name not in ("node", "parent", "level", "place", "leaf", "without")]


def scheme_changes(old: Scheme, new: Scheme) -> list[Text]:
    """One text for every difference that can move a score, in the order of the new scheme."""
    said: list[Text] = []
    before, after = ({n.node: n for n in s.nodes} for s in (old, new))
    for node in new.nodes:
        was = before.get(node.node)
        if was is None:
            said.append(Text("pack.node_added", node=_name(node), weight=_plain(node.weight)))
        else:
            said += [
                Text("pack.node_changed", node=_name(node), what=Text(f"scheme_word.{word}"), old=one, new=other)
                for word in TOLD
                if (one := _told(was, word)) != (other := _told(node, word))
            ]
            # What the whole scheme does is said once, below.
            own = [r for r, p in node.without if dict(was.without)[r] != p] if node.leaf and was.leaf else []
            told = {r for r, p in new.without if dict(old.without)[r] != p}
            said += _policies(((r, dict(was.without)[r], dict(node.without)[r]) for r in own if r not in told), _name(node))
    said += [Text("pack.node_gone", node=_name(n), weight=_plain(n.weight)) for n in old.nodes if n.node not in after]
    said += _policies(_moved(old.without, new.without), new.name)
    for word in ("points", "least_counted", "too_few", "quorum", *CAPS, "tie_break", "grades"):
        one, other = getattr(old, word), getattr(new, word)
        if one != other:
            said.append(Text("pack.scheme_changed", what=Text(f"scheme_word.{word}"), old=_value(one), new=_value(other)))
    return said


def _moved(old: Policies, new: Policies) -> Iterable[tuple[str, Policy, Policy]]:
    return ((reason, dict(old)[reason], policy) for reason, policy in new if dict(old)[reason] != policy)


def _policies(moved: Iterable[tuple[str, Policy, Policy]], whose: str) -> list[Text]:
    return [
        Text("pack.policy_changed", whose=whose, reason=Text(f"unscored.{reason}"), old=_policy(old), new=_policy(new))
        for reason, old, new in moved
    ]


def _policy(policy: Policy) -> Text:
    values = {"percent": _plain(policy.percent) if policy.percent else "", "within": policy.within or ""}
    then = Text(f"scheme_word.policy_{policy.policy}", **values)
    return Text("scheme_word.waits", then=then) if policy.waits else then


def _name(node: Node) -> str:
    return f"{node.node} {node.name}"


def _told(node: Node, word: str) -> str:
    """What a leaf has for a word, codes in words; the last rung of a ladder of places is for all the rest."""
    value = getattr(node, word)
    if (code := f"{word}_{value}") in texts("code"):
        return str(Text(f"code.{code}"))
    if word == "bands" and node.formula == "rank":
        value = tuple((Text("scheme_word.others") if place == REST else place, points) for place, points in value)
    return str(_value(value))


def _value(value: object) -> object:
    if value is None or value == ():
        return Text("scheme_word.nothing")
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, tuple):
        return "，".join(" ".join(str(_value(part)) for part in one) if isinstance(one, tuple) else str(one) for one in value)
    if isinstance(value, Quorum):
        return "，".join((str(value.units), f"{_plain(value.share)}%"))
    return Text(f"scheme_word.{value}") if value in ("none", "flag") else str(value)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
