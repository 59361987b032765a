"""What machines keep in English, as people of the desk are told it: in their language, without commands."""
