# This file is sourced, not run:  source bin/deactivate.csh
# It does what the alias `deactivate` does, for what looks for a file of this name, as virtualenv has one.
if (1) set _vivarium_active = ("`alias deactivate`")
if ($#_vivarium_active) eval deactivate
if ($?_vivarium_active) unset _vivarium_active
