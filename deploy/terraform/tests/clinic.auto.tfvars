# The clinic of the tests.
region             = "eu-central-1"
availability_zones = ["eu-central-1a", "eu-central-1b"]
host_name          = "clinic.example"
certificate_arn    = "arn:aws:acm:eu-central-1:123456789012:certificate/1"
alarm_email        = "operations@clinic.example"
image              = "registry.example/clinicql@sha256:0000000000000000000000000000000000000000000000000000000000000000"
database_password  = "0123456789abcdef0123456789abcdef"
