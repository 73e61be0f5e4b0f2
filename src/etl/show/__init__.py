"""What people see on the screen: tables, lines and sentences; nothing here decides anything."""
