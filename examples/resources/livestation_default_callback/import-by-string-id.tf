# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_default_callback.account
  id = "default"
}
