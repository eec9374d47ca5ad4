# AlmaLinux 9, by the AlmaLinux OS Foundation.
base_image_name   = "AlmaLinux OS 9.* x86_64"
base_image_owners = ["764336703387"]
ssh_username      = "ec2-user"
