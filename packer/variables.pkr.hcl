# What a bake can be told. packer/build/bake.sh fills the first group from CodeBuild's environment; the
# files in os/ fill the second; the defaults of the third suit most fleets.

variable "region" { type = string }

variable "fleet" {
  type        = string
  description = "Name of the fleet, which the image's tags carry."
}

variable "foreman_version" { type = string }

variable "katello_version" {
  type        = string
  description = "Must be that of the running Katello: see the table in docs/image.md."
}

variable "base_image" {
  type        = string
  default     = ""
  description = "Id of the image to start from. Empty takes the newest that the filter of os/ finds."
}

variable "image_name" { type = string }

variable "commit" { type = string }

variable "execution" {
  type        = string
  description = "Name of the execution that asked for the image, or of the person."
}

variable "base_image_name" {
  type        = string
  description = "Name pattern of the operating system's own images."
}

variable "base_image_owners" { type = list(string) }

variable "ssh_username" { type = string }

variable "root_device" {
  type    = string
  default = "/dev/sda1"
}

variable "instance_type" {
  type    = string
  default = "m7i.large"
}

variable "volume_gib" {
  type    = number
  default = 30
}

variable "subnet_id" {
  type        = string
  default     = null
  description = "A subnet with a way out to the repositories; null takes the default one."
}

variable "builder_instance_profile" {
  type        = string
  description = "Lets the builder speak to Systems Manager, and to nothing else."
}

variable "kms_key_id" {
  type        = string
  default     = null
  description = "Encrypts the builder's volume, and so the image; null takes the account's default key."
}

variable "builder_hours_max" {
  type        = number
  default     = 4
  description = "A builder that is older has been forgotten: it powers itself off, which terminates it."
}

variable "deprecate_after_days" {
  type    = number
  default = 90
}

variable "katello_registration_host" {
  type        = string
  default     = ""
  description = "Katello to register with for the time of the bake; empty takes public repositories."
}

variable "katello_organization" {
  type    = string
  default = ""
}

variable "katello_activation_key" {
  type      = string
  default   = ""
  sensitive = true
}

variable "katello_ca" {
  type        = string
  default     = ""
  description = "PEM of the CA that signed that Katello's certificate."
}

variable "aws_cli_version" {
  type    = string
  default = "2.31.0"
}
