# with any id: an account has one default callback
terraform import livestation_default_callback.account default
