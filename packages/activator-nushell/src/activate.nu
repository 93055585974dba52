# Enter:  overlay use bin/activate.nu
# Leave:  deactivate
#
# `source` would put all of this among the reader's own things: it is refused, and at a prompt what it has defined until
# then is hidden again.
#
# For Nushell 0.101 and later. What is set in here stays in the overlay and goes with it. A module sees which commands
# its reader has redefined: this one keeps to keywords and operators, which no one can redefine, wherever it can.

# Since 0.113 a sigil names the built-in command, whatever else has that name.
def _vivarium_has_sigil [] { $env.NU_VERSION !~ '^0\.(10\d|11[0-3])\.' }

def _vivarium_entries [paths: any] {
  match $paths { null => [], "" => [], [..] => $paths, _ => ($paths | split row __VIVARIUM_SEPARATOR__) }
}

def _vivarium_without [paths: any, own: string] {
  mut rest = []
  mut is_found = false
  for entry in (_vivarium_entries $paths) {
    if $is_found or $entry != $own { $rest = [...$rest $entry] } else { $is_found = true }
  }
  $rest
}

# What activation left becomes what it was. Of a list that was edited the first entry that is `own` goes; whatever
# removes duplicates has lost an equal entry, which is put at the end again.
def _vivarium_undo [now: any, new: any, old: any, own: string] {
  let list = (_vivarium_entries $now)
  let before = (_vivarium_entries $old)
  let rest = (_vivarium_without $list $own)
  if $list == (_vivarium_entries $new) {
    $before
  } else if $own in $before and $own in $list and $own not-in $rest {
    [...$rest $own]
  } else { $rest }
}

# Takes out what was put in, but for what was changed since. Gives the names of what is to outlive the overlay.
def --env _vivarium_leave [] {
  let ours = $env.VIVARIUM_OVERLAY?
  mut own = [VIVARIUM_OVERLAY FILE_PWD CURRENT_FILE PROCESS_PATH]
  if $ours != null {
    let old = $ours.old
    let set = $ours.set
    let path = (_vivarium_undo $env.PATH? $set.PATH $old.PATH $ours.scripts)
    $env.PATH = if $path == [] and $old.PATH == null { null } else { $path }
    if $env.PKG_CONFIG_PATH? != $set.PKG_CONFIG_PATH {
      $env.PKG_CONFIG_PATH = (_vivarium_undo $env.PKG_CONFIG_PATH? $set.PKG_CONFIG_PATH $old.PKG_CONFIG_PATH $ours.pkg_config | str join __VIVARIUM_SEPARATOR__)
    } else { $env.PKG_CONFIG_PATH = $old.PKG_CONFIG_PATH; if not $ours.is_inherited { $own = [...$own PKG_CONFIG_PATH] } }
    if $env.PYTHONHOME? == $set.PYTHONHOME { $env.PYTHONHOME = $old.PYTHONHOME; $own = [...$own PYTHONHOME] }
    if $env.TCL_LIBRARY? == $set.TCL_LIBRARY { $env.TCL_LIBRARY = $old.TCL_LIBRARY; $own = [...$own TCL_LIBRARY] }
    if $env.TK_LIBRARY? == $set.TK_LIBRARY { $env.TK_LIBRARY = $old.TK_LIBRARY; $own = [...$own TK_LIBRARY] }
    if $env.PROMPT_COMMAND? == $set.PROMPT_COMMAND { $env.PROMPT_COMMAND = $old.PROMPT_COMMAND; $own = [...$own PROMPT_COMMAND] }

    # What was inherited counts only if it names another environment, which commands are still found in. Otherwise null,
    # which no program can see, outlives the overlay and is put over it.
    let outer = $old.VIRTUAL_ENV
    if $outer == null or ($outer + __VIVARIUM_BELOW__) in (_vivarium_entries $env.PATH?) {
      $env.VIRTUAL_ENV = $outer
      $env.VIRTUAL_ENV_PROMPT = $old.VIRTUAL_ENV_PROMPT
      $own = if $ours.is_inherited { $own } else { [...$own VIRTUAL_ENV VIRTUAL_ENV_PROMPT] }
    } else {
      $env.VIRTUAL_ENV = null
      $env.VIRTUAL_ENV_PROMPT = null
    }
  }
  let gone = $own
  $env | if (_vivarium_has_sigil) { %columns } else { columns } | where $it not-in $gone
}

def _vivarium_snapshot [] {
  {
    PATH: $env.PATH?
    PKG_CONFIG_PATH: $env.PKG_CONFIG_PATH?
    PYTHONHOME: $env.PYTHONHOME?
    TCL_LIBRARY: $env.TCL_LIBRARY?
    TK_LIBRARY: $env.TK_LIBRARY?
    PROMPT_COMMAND: $env.PROMPT_COMMAND?
    VIRTUAL_ENV: $env.VIRTUAL_ENV?
    VIRTUAL_ENV_PROMPT: $env.VIRTUAL_ENV_PROMPT?
  }
}

# Until 0.106 an error in here would be dropped in silence.
def _vivarium_refuse [reason: string] {
  print --stderr $reason
  error make {msg: "the environment was not activated"}
}

def --env _vivarium_enter [] {
  # The place of this file decides, so that an environment may be moved. Only overlays are told their place.
  let scripts = match $env.FILE_PWD? { null => "", _ => $env.FILE_PWD }
  let is_moved = $scripts != __VIVARIUM_SCRIPTS__ and $scripts != (__VIVARIUM_SCRIPTS__ | path expand)
  if $is_moved and not ([$scripts __VIVARIUM_ROOT__ pyvenv.cfg] | path join | path exists) {
    _vivarium_refuse ("activate.nu is an overlay. Type:  " + __VIVARIUM_COMMAND__)
  }
  let root = if $is_moved { [$scripts __VIVARIUM_ROOT__] | path join | path expand --no-symlink } else { __VIVARIUM_DESTINATION__ }
  let scripts = if $is_moved { $scripts } else { __VIVARIUM_SCRIPTS__ }
  let asked = __VIVARIUM_PROMPT__
  let name = if $asked != "" { $asked } else if $is_moved { $root | path basename } else { __VIVARIUM_NAME__ }
  let pkg_config = $root + __VIVARIUM_PKGCONFIG__

  let names = (_vivarium_leave)
  let is_inherited = $env.VIRTUAL_ENV? == $root
  if $is_inherited {
    # A shell above has activated this very environment: what it did is this activation's to take back.
    mut path = (_vivarium_entries $env.PATH?)
    while $scripts in $path { $path = (_vivarium_without $path $scripts) }
    if $env.PATH? != null { $env.PATH = $path }
    if $env.PKG_CONFIG_PATH? == $pkg_config {
      $env.PKG_CONFIG_PATH = null
    } else if $pkg_config in (_vivarium_entries $env.PKG_CONFIG_PATH?) {
      $env.PKG_CONFIG_PATH = (_vivarium_without $env.PKG_CONFIG_PATH $pkg_config | str join __VIVARIUM_SEPARATOR__)
    }
    $env.VIRTUAL_ENV = null
    $env.VIRTUAL_ENV_PROMPT = null
  }
  let old = (_vivarium_snapshot)
  $env.VIRTUAL_ENV = $root
  $env.VIRTUAL_ENV_PROMPT = $name
  $env.PATH = [$scripts ...(_vivarium_entries $env.PATH?)]
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
        _ => (if (_vivarium_has_sigil) { %do $theirs } else { do $theirs })
      }
      $"\(($name)) ($drawn)"
    }
  }
  $env.VIVARIUM_OVERLAY = {scripts: $scripts, pkg_config: $pkg_config, is_inherited: $is_inherited, old: $old, set: (_vivarium_snapshot)}
}

# `source` defines what is in here before it runs anything. Only a hook that is a text is read as if it was typed, so that
# it can hide that again. It runs once, before the next prompt.
def --env _vivarium_hide [] {
  let hooks = $env.config.hooks.pre_prompt?
  $env.VIVARIUM_HOOKS = $hooks
  let code = 'hide _vivarium_has_sigil; hide _vivarium_entries; hide _vivarium_without; hide _vivarium_undo; hide _vivarium_leave; hide _vivarium_snapshot; hide _vivarium_refuse; hide _vivarium_enter; hide _vivarium_hide; hide pydoc; hide deactivate; $env.config.hooks.pre_prompt = $env.VIVARIUM_HOOKS; hide-env VIVARIUM_HOOKS'
  $env.config.hooks.pre_prompt = match $hooks { null => [{code: $code}], [..] => [...$hooks {code: $code}], _ => [$hooks {code: $code}] }
}

export-env {
  if $env.NU_VERSION =~ '^0\.(\d\d?|100)\.' {
    _vivarium_refuse $"activate.nu is for Nushell 0.101 and later, and this is ($env.NU_VERSION)"
  }

  # Only an overlay is among the overlays, by the name of this file.
  mut is_overlay = false
  for overlay in (if (_vivarium_has_sigil) { %overlay list } else { overlay list }) {
    if (match $overlay { {name: $name} => $name, _ => $overlay }) == "activate" { $is_overlay = true }
  }
  if $is_overlay {
    _vivarium_enter
  } else if $nu.is-interactive and "activate" not-in (scope modules).name {
    print --stderr ("activate.nu is an overlay. Type:  " + __VIVARIUM_COMMAND__)
    _vivarium_hide
  } else {
    _vivarium_refuse ("activate.nu is an overlay. Type:  " + __VIVARIUM_COMMAND__)
  }
}

export alias pydoc = ^python -m pydoc
export alias deactivate = overlay hide activate --keep-custom --keep-env (_vivarium_leave) # entered by: overlay use activate.nu
