"""Notices: the papers that hold a unit to something (督办通知), and reminders before and after a day; nothing here is decided"""
