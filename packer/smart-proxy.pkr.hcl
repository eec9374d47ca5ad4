# The bake, in order. Each script describes itself, and can be run on its own on a test machine.

locals {
  upload = "/var/tmp/smart-proxy-rebuilder"
  # Some base images mount /tmp with noexec, so the scripts are passed to bash.
  as_root = "sudo env {{ .Vars }} bash '{{ .Path }}'"
}

build {
  name    = "smart-proxy"
  sources = ["source.amazon-ebs.smart-proxy"]

  provisioner "shell" {
    execute_command = local.as_root
    script          = "${path.root}/scripts/wait-for-cloud-init.sh"
    timeout         = "15m"
  }

  provisioner "shell" {
    inline = ["mkdir -p ${local.upload}"]
  }

  provisioner "file" {
    sources     = ["${path.root}/../ansible", "${path.root}/packages", "${path.root}/scripts"]
    destination = "${local.upload}/"
  }

  provisioner "shell" {
    execute_command = local.as_root
    script          = "${path.root}/scripts/register.sh"
    timeout         = "10m"
    environment_vars = [
      "KATELLO_HOST=${var.katello_registration_host}",
      "KATELLO_ORGANIZATION=${var.katello_organization}",
      "KATELLO_ACTIVATION_KEY=${var.katello_activation_key}",
      "KATELLO_CA_BASE64=${base64encode(var.katello_ca)}",
    ]
  }

  provisioner "shell" {
    execute_command = local.as_root
    script          = "${path.root}/scripts/install-everything.sh"
    timeout         = "90m"
    environment_vars = [
      "UPLOAD=${local.upload}",
      "FOREMAN_VERSION=${var.foreman_version}",
      "KATELLO_VERSION=${var.katello_version}",
      "FEATURES=${var.features}",
      "REPOSITORIES=${var.katello_registration_host == "" ? "public" : "katello"}",
      "AWS_CLI_VERSION=${var.aws_cli_version}",
    ]
  }

  provisioner "shell" {
    execute_command = local.as_root
    script          = "${path.root}/scripts/harden.sh"
    timeout         = "10m"
  }

  provisioner "shell" {
    inline = ["rpm -qa | LC_ALL=C sort > ${local.upload}/packages.txt"]
  }

  provisioner "file" {
    direction   = "download"
    source      = "${local.upload}/packages.txt"
    destination = "packages.txt"
  }

  # Must be last: it locks the login that Packer uses, so nothing can run or be cleaned up after it.
  provisioner "shell" {
    execute_command  = local.as_root
    script           = "${path.root}/scripts/seal.sh"
    timeout          = "15m"
    skip_clean       = true
    environment_vars = ["UPLOAD=${local.upload}", "LOGIN=${var.ssh_username}"]
  }

  error-cleanup-provisioner "shell" {
    execute_command = local.as_root
    script          = "${path.root}/scripts/unregister.sh"
    timeout         = "5m"
  }

  post-processor "manifest" {
    output = "manifest.json"
  }
}
