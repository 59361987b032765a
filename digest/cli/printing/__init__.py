"""What a command shows: lines and values of reports, bars of progress, the files of a preview."""
