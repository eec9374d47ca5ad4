# The inputs of a bake. packer/build/bake.sh sets the first group from CodeBuild's environment; the files in
# os/ set the second; the defaults of the third suit most fleets.

variable "region" { type = string }

variable "fleet" {
  type        = string
  description = "Name of the fleet, for the tags of the image."
}

variable "foreman_version" { type = string }

variable "katello_version" {
  type        = string
  description = "Must match the running Katello: see the table in docs/image.md."
}

variable "features" {
  type        = string
  description = "Features of the proxies, separated by spaces: the image has the packages of each."
}

variable "base_image" {
  type        = string
  default     = ""
  description = "Id of the base image. If empty, the newest one that matches the filter of os/."
}

variable "image_name" { type = string }

variable "commit" { type = string }

variable "execution" {
  type        = string
  description = "Name of the execution or person that requested the image."
}

variable "base_image_name" {
  type        = string
  description = "Name pattern of the operating system's official images."
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
  description = "A subnet with a route to the repositories; null uses the default subnet."
}

variable "builder_instance_profile" {
  type        = string
  description = "Allows the builder to talk to Systems Manager, and nothing else."
}

variable "kms_key_id" {
  type        = string
  default     = null
  description = "Encrypts the builder's volume, and so the image; null uses the account's default key."
}

variable "builder_hours_max" {
  type        = number
  default     = 4
  description = "Hours after which a builder counts as forgotten and may be removed."
}

variable "deprecate_after_days" {
  type    = number
  default = 90
}

variable "katello_registration_host" {
  type        = string
  default     = ""
  description = "Katello to register with for the duration of the bake; if empty, public repositories are used."
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
  description = "CA of that Katello's certificate, as PEM."
}

variable "aws_cli_version" {
  type    = string
  default = "2.31.0"
}
