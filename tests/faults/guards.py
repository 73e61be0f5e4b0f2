"""What holds the promises of docs/guarantees.md: each guard, a test that must fail without it, and how it is taken out.

A guard is taken out by what is put in the place of a function or a constant, which is named by where it is defined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.faults.instead import Was, all_lost, none, nothing, only_forms, pointed_first, stated, taken_for_empty


class Guard(NamedTuple):
    """The test, within `tests`, and what stands instead, by dotted name."""

    test: str
    instead: Mapping[str, Any]


RECEIVE, STORES, CUT = "unit/night/test_receive.py", "unit/desk/test_stores.py", "unit/judge/test_cut_short.py"

GUARDS = {
    # What was received, and what is made of it again
    "bytes are kept": Guard("unit/inbox/test_archive.py::test_the_bytes_lie_read_only_under_their_hash", {"etl.inbox.archive._copy": nothing}),
    "one receipt for each file": Guard(
        "faults/test_injected.py::test_receiving_fails_at_any_call_and_nothing_received_is_lost_or_twice",
        {"etl.inbox.archive.sort_out": Was(lambda real: lambda received, _: real(received, {}))}),
    "a journal that nobody changed": Guard(
        "unit/inbox/test_journal.py::test_a_changed_dropped_or_exchanged_line_is_named", {"etl.inbox.journal._hash": lambda entry: entry.get("hash", "")}),
    "all that has a receipt is recalled": Guard(f"{RECEIVE}::test_an_empty_inbox_takes_nothing_away", {"etl.inbox.journal.receipts": none}),
    "the ledger is made of the journal": Guard(
        "unit/land/test_ledger.py::test_a_lost_ledger_is_filled_from_the_journal", {"etl.land.ledger.replay": nothing}),
    "an order of rows": Guard(
        "unit/publish/test_ordered.py::test_an_order_of_one_column_is_sorted_at_once",
        {"etl.publish.ordered.create_ordered": stated(lambda sql: re.sub("ORDER BY [^()]*", "", sql))}),
    "originals are there or signed for": Guard(
        f"{RECEIVE}::test_rotten_bytes_are_mended_by_the_same_file_and_read_by_nobody_else", {"etl.night.receive._signed_for": nothing}),
    "hold on nine tenths fewer": Guard(
        "unit/publish/test_drop.py::test_nine_tenths_fewer_lines_of_a_form_are_not_published", {"etl.publish.drop.fallen": none}),
    "hold on a slot that publishes less": Guard(
        "unit/publish/test_fewer.py::test_a_unit_of_a_small_form_that_is_gone_is_named_with_its_lines", {"etl.publish.fewer._of_form": none}),
    "an original is what its name says": Guard(
        "unit/inbox/test_care.py::test_other_bytes_of_the_same_size_are_seen",
        {"etl.inbox.care.soundness": lambda path, _: "whole" if path.exists() else "missing"}),
    "only whole bytes mend": Guard(
        "unit/inbox/test_care.py::test_damage_is_named_and_mended_where_the_same_bytes_lie_elsewhere", {"etl.inbox.care.heal": lambda *_: True}),
    "only whole originals are handed out": Guard(
        "unit/inbox/test_care.py::test_other_bytes_of_the_same_size_are_seen", {"etl.inbox.care.original": lambda archive, sha256: archive / sha256[:2] / sha256}),
    "every original has its turn": Guard(
        "unit/inbox/test_care.py::test_every_original_has_its_turn_and_a_night_reads_no_more_than_it_may",
        {"etl.inbox.care.due": Was(lambda real: lambda journal, *more: real([one for one in journal if one["kind"] == "received"], *more))}),
    "a part of the archive every night": Guard(
        f"{RECEIVE}::test_what_rots_in_the_archive_is_found_though_no_night_asks_for_it", {"etl.night.receive._rolling_check": none}),
    "nobody gets other bytes back": Guard(
        "unit/reply/test_folder.py::test_figures_of_a_rotten_original_are_given_back_to_nobody", {"etl.reply.write._as_received": lambda _: True}),
    "what is published is as it was": Guard(
        "unit/night/test_night.py::test_a_version_that_is_not_as_it_was_published_is_not_left_in_place", {"etl.publish.manifest.altered": none}),
    # Stores, and ways back
    "doctor reads the journal": Guard(f"{STORES}::test_a_changed_journal_is_put_aside_or_comes_back_from_the_second_copy", {"etl.desk.stores.journal_faults": none}),
    "doctor reads the archive": Guard(
        f"{STORES}::test_a_changed_original_is_named_and_the_same_file_in_the_inbox_mends_it", {"etl.desk.stores.archive_faults": none}),
    "doctor reads the warehouse": Guard(f"{STORES}::test_half_a_warehouse_is_found", {"etl.desk.stores.warehouse_faults": none}),
    "doctor reads the ledger": Guard(
        f"{STORES}::test_a_torn_ledger_is_found_and_a_missing_one_is_made_anew_by_the_next_night", {"etl.desk.stores.ledger_faults": none}),
    "a remedy that can be followed": Guard(
        "unit/desk/test_remedies.py::test_a_journal_with_a_bad_line_comes_back_from_the_second_copy", {"etl.desk.stores._holds": lambda _: False}),
    "a name and a reason": Guard("unit/desk/test_holding.py::test_without_a_name_or_a_reason_nothing_is_done", {"etl.desk.holding._signed": nothing}),
    "a hold": Guard("unit/desk/test_holding.py::test_a_night_under_a_hold_publishes_nothing", {"etl.night.hold.standing": nothing}),
    # The disk
    "room before it begins": Guard("unit/night/test_room.py::test_a_night_that_needs_more_than_it_may_says_how_much", {"etl.night.room.need": lambda _: 0}),
    "what is current stays": Guard(
        "unit/night/test_room.py::test_old_versions_and_failures_go_and_what_is_current_or_lately_failed_stays", {"etl.publish.swap.current": nothing, "etl.publish.swap.versions": Was(lambda real: lambda published: sorted(real(published)))}),
    "what a failure left stays": Guard(
        "unit/night/test_room.py::test_old_versions_and_failures_go_and_what_is_current_or_lately_failed_stays",
        {"etl.night.retention.last": lambda *_: {"state": "published"}}),
    "a build is as it ended": Guard(
        "unit/transform/test_begun.py::test_what_is_not_as_it_ended_is_not_gone_on_with", {"etl.transform.begun._told": lambda _, code: code}),
    "the path and the remedy": Guard(
        "faults/test_injected.py::test_an_archive_that_may_not_be_written_is_named_and_the_next_look_receives_all", {"etl.show.night._OF_DISK": {}}),
    "a shut folder is not empty": Guard(
        "faults/test_injected.py::test_a_folder_of_the_inbox_that_may_not_be_looked_into_is_named_and_not_taken_for_empty",
        {"etl.inbox.find._walk": Was(taken_for_empty)}),
    "one pointer, moved last": Guard(
        "unit/publish/test_swap.py::test_killed_at_any_move_readers_see_the_old_or_the_new_version", {"etl.publish.swap.swap_in": Was(pointed_first)}),
    "one transaction": Guard(
        "unit/land/test_write.py::test_a_landing_that_fails_at_its_end_lands_nothing",
        {"etl.land.write.land_attached": stated(lambda sql: "SELECT 1" if sql in ("BEGIN", "COMMIT") else sql)}),
    "written through before it is moved": Guard(
        "faults/test_injected.py::test_nothing_is_moved_into_place_before_its_bytes_are_on_the_disk",
        {"etl.inbox.flush.flush": nothing, "etl.inbox.flush.flush_tree": nothing}),
    "another process checks": Guard(
        "unit/publish/test_swap.py::test_rollback_to_nothing_or_to_a_damaged_version_is_refused", {"etl.publish.swap.faults_seen_anew": lambda _: ""}),
    # Nights after each other
    "one night at a time": Guard("unit/test_lock.py::test_the_second_night_is_told_who_runs", {"etl.lock._taken": lambda _: True}),
    "readers let the lock go": Guard(
        "unit/test_lock.py::test_a_reader_that_outlives_its_night_holds_no_lock", {"etl.lock._held": type("Nothing", (set,), {"add": nothing})()}),
    "older tables are brought up": Guard("faults/test_bounds.py::test_what_an_older_version_landed_counts_on_and_is_superseded_as_ever", {"etl.land.tables.BEFORE": {}}),
    "a newer ledger is refused": Guard(
        "unit/land/test_ledger.py::test_a_ledger_of_a_newer_version_is_refused",
        {"etl.land.migrate.revisions": lambda: ["9999"], "etl.land.migrate.migrate": nothing}),
    "no faster than they are used": Guard("unit/read/test_pool.py::test_ten_thousand_items_are_taken_no_faster_than_they_are_used", {"etl.read.pool.AHEAD": 10_000}),
    "versions by time of receipt": Guard(
        "unit/land/test_write.py::test_a_file_received_earlier_but_landed_later_does_not_take_over",
        {"etl.land.write.STANDING": Was(lambda sql: sql.replace("SELECT submission_id, file,", "SELECT rowid AS landed, submission_id, file,", 1)
                                        .replace("ORDER BY received_at, receipt_order) END AS own", "ORDER BY landed) END AS own"))}),
    "an earlier day is refused": Guard(
        "unit/night/test_earlier_day.py::test_an_earlier_day_is_refused_in_a_sentence_with_its_remedy_unless_asked_for", {"etl.night.night.current": nothing}),
    "a finding is numbered by what it is about": Guard(
        "unit/land/test_write.py::test_a_finding_keeps_its_number_whatever_else_is_found_and_in_the_next_version",
        {"etl.land.settle.number_findings": lambda con, _: con.execute("UPDATE landed.issue SET finding = rule || '-' || printf('%08d', rowid)")}),
    "a backfill checks originals": Guard(
        f"{RECEIVE}::test_a_backfill_reads_no_rotten_original_says_which_and_leaves_its_verdict", {"etl.night.receive.examine": none}),
    # What a file holds
    "limits of a child's memory": Guard("unit/read/test_pool.py::test_every_misfortune_stays_with_its_item_and_order_is_kept", {"etl.read.pool._limit_memory": nothing}),
    "a clock for a child": Guard("unit/read/test_pool.py::test_endless_work_is_ended", {"etl.read.pool._work_of": lambda _: 0.0}),
    "a cheap look first": Guard("unit/read/test_hostile.py::test_hostile_files_are_refused_in_chinese[inflates a hundredfold]", {"etl.read.guard.MAX_RATIO": 10**9}),
    "held against what came before": Guard(
        f"{CUT}::test_every_cut_that_leaves_a_line_is_asked_about_and_the_whole_one_stays[1]",
        {"etl.validate.earlier.stage_earlier": Was(lambda real: lambda con, forms, _: real(con, forms, None))}),
    "what is cut short waits": Guard(f"{CUT}::test_every_cut_that_leaves_a_line_is_asked_about_and_the_whole_one_stays[1]", {"etl.land.write.CUT_SHORT": "no rule"}),
    "periods of somebody": Guard(
        "unit/assess/test_periods.py::test_what_nobody_sent_opens_no_period",
        {"etl.assess.land._periods": stated(lambda sql: sql.replace(" AND unit IS NOT NULL", ""))}),
    "numbers as they are shown": Guard(
        "unit/read/test_formats.py::TestXlsx::test_scaled_cells_their_units_and_struck_ones", {"etl.read.formats.show_as_formatted": lambda *_: {}}),
    "units by sums": Guard("unit/read/test_scale.py::test_figures_that_only_fit_in_yuan_are_yuan", {"etl.read.scale.scale_by_sums": nothing}),
    "a remedy in each refusal": Guard(
        "unit/texts/test_refusals.py::test_every_cause_has_its_remedy_in_both_languages",
        {"etl.texts.refusals.speaker": Was(lambda real: lambda lang: lambda key, **given: real(lang)(key, **given).partition("。请")[0])}),
    "what is no form is told": Guard(
        "unit/understand/test_submission.py::test_files_without_a_table", {"etl.understand.submission._by_headers_of": Was(only_forms)}),
    # Rules
    "a database shut in": Guard("unit/validate/test_rehearse.py::test_a_rule_of_somebody_else_reads_and_writes_no_file[reads a file]", {"etl.forms.locked.shut_in": nothing}),
    "templates in a sandbox": Guard(
        "unit/validate/test_rehearse.py::test_a_rule_of_somebody_else_runs_no_program[a program]",
        {"jinja2.sandbox.ImmutableSandboxedEnvironment": Was(lambda real: real.mro()[2]),     # an ordinary environment; its templates are not to be kept
         "etl.validate.queries._compiled": nothing}),
    "a rule that fails is tried by itself": Guard(
        "unit/validate/test_rule_errors.py::test_what_a_broken_rule_guards_is_marked_and_the_other_rules_find_what_they_find[when it runs]",
        {"etl.validate.rules._blamed": Was(all_lost)}),
    "a mark on what was not judged": Guard(
        "unit/validate/test_rule_errors.py::test_what_a_broken_rule_guards_is_marked_and_the_other_rules_find_what_they_find[when it runs]", {"etl.validate.rules._unjudged": none}),
    "judged once the rules are mended": Guard(
        "unit/night/test_unjudged.py::test_what_was_not_judged_is_read_again_once_the_rules_are_other_ones", {"etl.night.retries.unjudged": none}),
    # What leaves luodi
    "no formula in a CSV": Guard("unit/publish/test_export.py::test_wide_signs_begin_formulas_too_and_control_characters_are_shown", {"etl.texts.spreadsheet.FORMULA_STARTS": ()}),
    "control characters are shown": Guard(
        "unit/publish/test_export.py::test_wide_signs_begin_formulas_too_and_control_characters_are_shown", {"etl.texts.spreadsheet.inert": str}),
    "no formula in a workbook": Guard(
        "unit/reply/test_marked_workbook.py::test_a_text_from_a_cell_never_becomes_a_formula_or_a_link",
        {"etl.reply.originals.write_text": lambda cell, text: setattr(cell, "value", text)}),
    "no markup in a letter": Guard(
        "unit/reply/test_letter.py::test_no_value_is_live_and_nothing_is_loaded_from_elsewhere",
        {"etl.reply.letter.pages": Was(lambda real: lambda: real().overlay(autoescape=False))}),
    "nothing acts on a screen": Guard("unit/texts/test_screen.py::test_what_would_act_on_a_screen_is_shown_by_its_code", {"etl.texts.screen.visible": str}),
    "the journal before the ledger": Guard(
        "unit/night/test_records.py::test_a_night_goes_on_and_the_next_one_adds_what_the_ledger_lacks", {"flows.records.enter": nothing}),
    "the journal knows that the ledger is behind": Guard(
        "unit/night/test_records.py::test_a_night_goes_on_and_the_next_one_adds_what_the_ledger_lacks", {"etl.night.records.fallen_behind": nothing}),
    "one umask": Guard("unit/night/test_rights.py::test_what_a_command_writes_is_for_its_user_and_group_and_originals_are_read_only", {"etl.settings.UMASK": 0o022}),
    "earlier folders are shut": Guard("unit/night/test_rights.py::test_an_earlier_data_folder_is_shut_by_the_next_night_and_doctor_says_so_before", {"etl.night.rights._put": nothing}),
    "a kind and no address": Guard(
        "unit/test_secrets.py::test_no_night_writes_them_neither_a_good_nor_a_failed_one",
        {"etl.night.records._named": lambda settings, trouble: f"{settings.ledger_url}: {trouble}"}),
    "what is unmet blocks": Guard("unit/night/test_gate.py::test_what_is_not_met_ends_the_night_and_a_warning_does_not", {"etl.gate.checkpoint.Expected.blocks": False}),
    "lines and sums balance": Guard(
        "unit/publish/test_reconcile.py::test_a_lost_line_is_named_with_its_file_and_its_amount", {"etl.publish.reconcile.Balance.balanced": True}),
}
