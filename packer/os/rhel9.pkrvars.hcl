# Red Hat Enterprise Linux 9, by Red Hat.
base_image_name   = "RHEL-9.*_HVM-*-x86_64-*-Hourly2-GP3"
base_image_owners = ["309956199498"]
ssh_username      = "ec2-user"
