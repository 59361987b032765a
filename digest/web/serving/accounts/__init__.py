"""What a login stands on: passwords, second factors, devices, and which newsletters somebody may see."""
