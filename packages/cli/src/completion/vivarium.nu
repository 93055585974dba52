# Completion of vivarium in Nushell 0.108 and later:  vivarium completion nushell | save -f vivarium.nu
# and then, in another line or file:  source vivarium.nu
# What can follow is asked of vivarium itself, so that it knows the options of the plugins which the line names.

def "nu-complete vivarium" [spans: list<string>] {
  let lines = (^$spans.0 complete -- ...($spans | skip 1) | lines)
  let found = ($lines | skip 1 | each {|line|
    let parts = ($line | split row "\t")
    { value: $parts.0, description: ($parts | get --optional 1 | default '') }
  })
  # Where nothing is found, Nushell completes paths itself.
  if ($found | is-empty) { null } else { $found }
}

@complete "nu-complete vivarium"
extern "vivarium" []
