"""The layout of official papers (公文): written as Word documents, filled into templates that a county changes in Word, turned into PDF"""
