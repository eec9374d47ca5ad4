# Rocky Linux 9, by the Rocky Enterprise Software Foundation.
base_image_name   = "Rocky-9-EC2-Base-9.*.x86_64"
base_image_owners = ["792107900819"]
ssh_username      = "rocky"
