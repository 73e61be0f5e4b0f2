"""Build the marts with dbt, and the plugin by which dbt finds the files of the night."""
