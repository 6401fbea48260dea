#!/usr/bin/env bash
# Checks deploy/terraform without an account of AWS: format, validity, the script of the first boot, and the tests, in
# which AWS is a mock. TF_PLUGINS names a folder with the providers where they cannot be downloaded.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v terraform >/dev/null || { echo "terraform-test needs Terraform 1.11 or newer" >&2; exit 1; }

# In a copy: an initialisation leaves a lock file that knows one platform only.
copy="$(mktemp -d)"
trap 'rm -rf "$copy"' EXIT
cp -R deploy/terraform "$copy"
cd "$copy/terraform"
rm -rf .terraform .terraform.lock.hcl terraform.tfstate* terraform.tfvars

terraform fmt -check -diff -recursive
terraform init -no-color -input=false -backend=false ${TF_PLUGINS:+-plugin-dir="$TF_PLUGINS"} >/dev/null
terraform validate -no-color

# The script is made of a template, and holds another: both have to be read by bash.
mkdir "$copy/boot"
for registry in "" registry.example; do
	echo "base64encode(templatefile(\"$copy/terraform/boot.sh.tftpl\", { region = \"eu-central-1\", image = \"registry.example/clinicql@sha256:0\", registry = \"$registry\", port = 8080, environment = { CLINICQL_DRAIN = \"15s\" }, secret = \"arn\", password_version = 1, log_group = \"/clinicql\", stop_seconds = 60 }))" |
		terraform -chdir="$copy/boot" console | tr -d '"' | base64 -d >"$copy/boot.sh"
	bash -n "$copy/boot.sh"
	sed -n "/<<'PREPARE'/,/^PREPARE/p" "$copy/boot.sh" | sed '1d;$d' >"$copy/prepare.sh"
	test -s "$copy/prepare.sh"
	bash -n "$copy/prepare.sh"
done

terraform test -no-color
