# Enter:  overlay use bin/activate.nu
# Leave:  deactivate
#
# For Nushell 0.101 and later. What is set in here stays in the overlay and goes with it. A module sees which commands
# its reader has redefined: this one keeps to keywords and operators, which no one can redefine, wherever it can.

# Since 0.113 a sigil names the built-in command, whatever else has that name.
def has_sigil [] { $env.NU_VERSION !~ '^0\.(10\d|11[0-3])\.' }

def entries [paths: any] {
  match $paths { null => [], "" => [], [..] => $paths, _ => ($paths | split row __VIVARIUM_SEPARATOR__) }
}

def without [paths: any, own: string] {
  mut rest = []
  mut is_found = false
  for entry in (entries $paths) {
    if $is_found or $entry != $own { $rest = [...$rest $entry] } else { $is_found = true }
  }
  $rest
}

# Takes out what was put in, but for what was changed since. Gives the names of what is to outlive the overlay.
def --env leave [] {
  let ours = $env.VIVARIUM_OVERLAY?
  mut own = [VIVARIUM_OVERLAY VIRTUAL_ENV VIRTUAL_ENV_PROMPT FILE_PWD CURRENT_FILE PROCESS_PATH]
  if $ours != null {
    let old = $ours.old
    let set = $ours.set
    let path = (without $env.PATH? $ours.scripts)
    $env.PATH = if $path == [] and $old.PATH == null { null } else { $path }
    if $env.PKG_CONFIG_PATH? != $set.PKG_CONFIG_PATH {
      $env.PKG_CONFIG_PATH = (without $env.PKG_CONFIG_PATH? $ours.pkg_config | str join __VIVARIUM_SEPARATOR__)
    } else { $env.PKG_CONFIG_PATH = $old.PKG_CONFIG_PATH; $own = [...$own PKG_CONFIG_PATH] }
    if $env.PYTHONHOME? == $set.PYTHONHOME { $env.PYTHONHOME = $old.PYTHONHOME; $own = [...$own PYTHONHOME] }
    if $env.TCL_LIBRARY? == $set.TCL_LIBRARY { $env.TCL_LIBRARY = $old.TCL_LIBRARY; $own = [...$own TCL_LIBRARY] }
    if $env.TK_LIBRARY? == $set.TK_LIBRARY { $env.TK_LIBRARY = $old.TK_LIBRARY; $own = [...$own TK_LIBRARY] }
    if $env.PROMPT_COMMAND? == $set.PROMPT_COMMAND { $env.PROMPT_COMMAND = $old.PROMPT_COMMAND; $own = [...$own PROMPT_COMMAND] }
  }
  let gone = $own
  $env | if (has_sigil) { %columns } else { columns } | where $it not-in $gone
}

def snapshot [] {
  {
    PATH: $env.PATH?
    PKG_CONFIG_PATH: $env.PKG_CONFIG_PATH?
    PYTHONHOME: $env.PYTHONHOME?
    TCL_LIBRARY: $env.TCL_LIBRARY?
    TK_LIBRARY: $env.TK_LIBRARY?
    PROMPT_COMMAND: $env.PROMPT_COMMAND?
  }
}

# Until 0.106 an error in here would be dropped in silence.
def refuse [reason: string] {
  print --stderr $reason
  error make {msg: "the environment was not activated"}
}

export-env {
  if $env.NU_VERSION =~ '^0\.(\d\d?|100)\.' {
    refuse $"activate.nu is for Nushell 0.101 and later, and this is ($env.NU_VERSION)"
  }

  # The place of this file decides, so that an environment may be moved. Only overlays are told their place.
  let scripts = match $env.FILE_PWD? { null => "", _ => $env.FILE_PWD }
  let is_moved = $scripts != __VIVARIUM_SCRIPTS__ and $scripts != (__VIVARIUM_SCRIPTS__ | path expand)
  if $is_moved and not ([$scripts __VIVARIUM_ROOT__ pyvenv.cfg] | path join | path exists) {
    refuse ("activate.nu is an overlay. Type:  " + __VIVARIUM_COMMAND__)
  }
  let root = if $is_moved { [$scripts __VIVARIUM_ROOT__] | path join | path expand --no-symlink } else { __VIVARIUM_DESTINATION__ }
  let scripts = if $is_moved { $scripts } else { __VIVARIUM_SCRIPTS__ }
  let asked = __VIVARIUM_PROMPT__
  let name = if $asked != "" { $asked } else if $is_moved { $root | path basename } else { __VIVARIUM_NAME__ }
  let pkg_config = $root + __VIVARIUM_PKGCONFIG__

  let names = (leave)
  let old = (snapshot)
  $env.VIRTUAL_ENV = $root
  $env.VIRTUAL_ENV_PROMPT = $name
  $env.PATH = [$scripts ...(entries $env.PATH?)]
  $env.PKG_CONFIG_PATH = match $old.PKG_CONFIG_PATH {
    null => $pkg_config, "" => $pkg_config, [..] => [$pkg_config ...$old.PKG_CONFIG_PATH]
    _ => ($pkg_config + __VIVARIUM_SEPARATOR__ + $old.PKG_CONFIG_PATH)
  }
  # Null is set to nothing that a program could see; `hide-env` could be anybody's command.
  if $old.PYTHONHOME != null { $env.PYTHONHOME = null }
  if __VIVARIUM_TCL__ != "" { $env.TCL_LIBRARY = __VIVARIUM_TCL__; $env.TK_LIBRARY = __VIVARIUM_TK__ }
  if $env.VIRTUAL_ENV_DISABLE_PROMPT? in [null ""] {
    let theirs = $old.PROMPT_COMMAND
    $env.PROMPT_COMMAND = {||
      let drawn = match $theirs {
        null => $env.PWD
        _ if $theirs == $"($theirs)" => $theirs
        _ => (if (has_sigil) { %do $theirs } else { do $theirs })
      }
      $"\(($name)) ($drawn)"
    }
  }
  $env.VIVARIUM_OVERLAY = {scripts: $scripts, pkg_config: $pkg_config, old: $old, set: (snapshot)}
}

export alias pydoc = ^python -m pydoc
export alias deactivate = overlay hide activate --keep-custom --keep-env (leave) # entered by: overlay use activate.nu

# Run as a program, this file can change nothing but a Nushell that ends at once.
def main [] {
  print --stderr ("activate.nu changes the Nushell that reads it. Type there:  " + __VIVARIUM_COMMAND__)
  exit 33
}
