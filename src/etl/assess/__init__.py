"""How units are judged: schemes, lights, fitness and claims as data; the sums are done by the dbt project."""
