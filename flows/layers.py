"""Show the layers of the warehouse while it is built: under Prefect each is a task that ends with the last of its models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from threading import Event

from etl.night.night import Night
from etl.night.transform import project_of
from etl.transform.build import layers_of_models
from etl.transform.watch import LAYERS, watching
from flows import engine


class LayerNotBuilt(Exception):
    """The build ended before the models of a layer did; why is told by the task of the build."""


class _Layer:
    """The models of one layer that are not done."""

    def __init__(self, name: str, left: int) -> None:
        self.name, self.left, self.over = name, left, Event()

    def one_done(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.over.set()

    def wait(self) -> None:
        self.over.wait()
        if self.left > 0:
            raise LayerNotBuilt(self.name)


def shown_by_layer(build: Callable) -> Callable:
    """A build beside which each layer is a task of its own; without Prefect it is the build alone."""
    if engine.plain:
        return build
    wait = engine.beside(_Layer.wait, called=lambda layer: f"transform {layer.name}")

    @wraps(build)
    def shown(night: Night) -> object:
        number = Counter(layers_of_models(project_of(night)))
        layers = {name: _Layer(name, number[name]) for name in LAYERS}
        with watching(lambda _done, _total, name: layers[name].one_done() if name in layers else None):
            runs = [wait(layer) for layer in layers.values()]
            try:
                return build(night)
            finally:
                for layer in layers.values():
                    layer.over.set()
                for run in runs:
                    run.wait()

    return shown
