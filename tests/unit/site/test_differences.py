"""`luodi site diff`: what a site lays over the product, entry by entry."""

from __future__ import annotations

from etl.site.differences import laid_over_entries
from tests.fixtures.places import lay


def test_each_entry_is_told_with_both_values(tmp_path):
    product, site = tmp_path / "product", tmp_path / "site"
    lay(product, "expectations/a.yaml", "x: 1\ny: [a]\ncolumns: [{name: c, type: text}, {name: d}]\nz: 5\n")
    lay(site, "expectations/a.yaml", "x: 2\ny: [a, b]\ncolumns: [{name: c, type: code}, {name: d, remove: true}, {name: e}]\nz:\n")
    lay(product, "expectations/b.csv", "k,v\n1,a\n")
    lay(site, "expectations/b.csv", "k,v\n1,b\n2,c\n")
    lay(product, "expectations/c.sql", "select 1")
    lay(site, "expectations/c.sql", "select 2")
    lay(site, "dbt_project/models/d.sql", "select 3")
    found = [(d.file.rpartition("/")[2], d.kind, d.entry, d.product, d.site) for d in laid_over_entries(product, site)]
    assert found == [
        ("a.yaml", "changed", "x", "1", "2"), ("a.yaml", "added", "y", "", "b"), ("a.yaml", "changed", "columns.c.type", "text", "code"),
        ("a.yaml", "removed", "columns.d", "", ""), ("a.yaml", "added", "columns.e", "", "{name: e}"), ("a.yaml", "removed", "z", "5", ""),
        ("b.csv", "changed", "1", "1,a", "1,b"), ("b.csv", "added", "2", "", "2,c"), ("c.sql", "replaced", "", "", ""),
        ("d.sql", "added", "", "", "")]
