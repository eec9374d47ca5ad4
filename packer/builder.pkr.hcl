# The instance that an image is baked on: reached only by Session Manager, encrypted, IMDSv2 only, with a
# limited lifetime.

locals {
  # Filter by the image's own id, so that one filter covers both "this image" and "the newest of these".
  base_image_filter = var.base_image != "" ? {
    "image-id" = var.base_image
    } : {
    "name"                = var.base_image_name
    "architecture"        = "x86_64"
    "root-device-type"    = "ebs"
    "virtualization-type" = "hvm"
  }
  base_image_owners = var.base_image != "" ? concat(["self"], var.base_image_owners) : var.base_image_owners

  started_at = timestamp()

  # The image and its snapshots get the builder's tags first, so that a role limited to the fleet's own
  # resources can finish the image, or remove an incomplete one. These tags then replace the wrong ones.
  image_tags = {
    "Name"                                  = var.image_name
    "smart-proxy-rebuilder:role"            = "image"
    "smart-proxy-rebuilder:fleet"           = var.fleet
    "smart-proxy-rebuilder:state"           = "candidate"
    "smart-proxy-rebuilder:foreman-version" = var.foreman_version
    "smart-proxy-rebuilder:katello-version" = var.katello_version
    "smart-proxy-rebuilder:features"        = var.features
    "smart-proxy-rebuilder:source-image"    = "{{ .SourceAMI }}"
    "smart-proxy-rebuilder:commit"          = var.commit
    "smart-proxy-rebuilder:execution"       = var.execution
  }

  builder_tags = {
    "Name"                                = "${var.image_name} builder"
    "smart-proxy-rebuilder:fleet"         = var.fleet
    "smart-proxy-rebuilder:role"          = "builder"
    "smart-proxy-rebuilder:execution"     = var.execution
    "smart-proxy-rebuilder:builder-until" = timeadd(local.started_at, "${var.builder_hours_max}h")
  }
}

source "amazon-ebs" "smart-proxy" {
  region        = var.region
  instance_type = var.instance_type
  subnet_id     = var.subnet_id

  source_ami_filter {
    filters     = local.base_image_filter
    owners      = local.base_image_owners
    most_recent = true
  }

  launch_block_device_mappings {
    device_name           = var.root_device
    volume_type           = "gp3"
    iops                  = 3000
    throughput            = 125
    volume_size           = var.volume_gib
    encrypted             = true
    kms_key_id            = var.kms_key_id
    delete_on_termination = true
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  communicator             = "ssh"
  ssh_interface            = "session_manager"
  ssh_username             = var.ssh_username
  ssh_timeout              = "20m"
  ssh_file_transfer_method = "sftp"
  iam_instance_profile     = var.builder_instance_profile
  shutdown_behavior        = "terminate"
  user_data_file           = "${path.root}/builder-user-data.yaml"

  run_tags        = local.builder_tags
  run_volume_tags = local.builder_tags

  ami_name        = var.image_name
  ami_description = "Smart Proxy, Foreman ${var.foreman_version}, Katello ${var.katello_version}"
  tags            = local.image_tags
  snapshot_tags   = local.image_tags
  imds_support    = "v2.0"
  deprecate_at    = timeadd(local.started_at, "${var.deprecate_after_days * 24}h")

  # Forty minutes: a snapshot of a new 30 GiB volume takes a few minutes, on a busy day many.
  aws_polling {
    delay_seconds = 15
    max_attempts  = 160
  }
}
