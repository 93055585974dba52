# Enter:  eval (slurp < bin/activate.elv)
# Leave:  deactivate
#
# For Elvish 0.18 and later. What is evaluated sees the functions of anyone who evaluates it, and any of them may have the
# name of a builtin: in here builtins go by their full names, and the rest is keywords, which no one can redefine.
use builtin
use str

var place = __VIVARIUM_DESTINATION__
var script = __VIVARIUM_SCRIPT__
var prompt = __VIVARIUM_NAME__
var entries = [&PATH=__VIVARIUM_SCRIPTS__ &PKG_CONFIG_PATH=__VIVARIUM_PKGCONFIG__]
var values = [&VIRTUAL_ENV=$place &VIRTUAL_ENV_PROMPT=$prompt &PYTHONHOME=$nil]
var tcl tk = __VIVARIUM_TCL__ __VIVARIUM_TK__
if (builtin:not-eq $tcl '') { set values[TCL_LIBRARY] = $tcl; set values[TK_LIBRARY] = $tk }

if (builtin:src)[is-file] {
  builtin:fail 'activate.elv changes the Elvish that evaluates it. Type there:  eval (slurp < '(builtin:repr $script)')'
}

# There is an editor only where someone types; elsewhere its names can't even be mentioned.
var has-editor = $true
try { builtin:eval 'builtin:nop $edit:prompt' } catch e { set has-editor = $false }

fn value {|name|
  if (builtin:has-env $name) { builtin:get-env $name } else { builtin:put $nil }
}

fn give {|name value|
  if (builtin:eq $value $nil) { builtin:unset-env $name } else { builtin:set-env $name $value }
}

fn without {|own list|
  var is-found = $false
  for entry [(str:split : $list)] {
    if (or $is-found (builtin:not-eq $entry $own)) { builtin:put $entry } else { set is-found = $true }
  }
}

# What activation left becomes what it was. Of a list that was edited the first entry that is $own goes; whatever removes
# duplicates has lost an equal entry, which is put at the end again.
fn undo {|own new old list|
  var rest = [(without $own $list)]
  if (builtin:eq $list $new) {
    str:split : $old
  } else {
    builtin:all $rest
    var has = {|entries| builtin:has-value [(str:split : $entries)] $own }
    if (and ($has $old) ($has $list) (builtin:not (builtin:has-value $rest $own))) { builtin:put $own }
  }
}

# What was there before and what is there instead stays in the environment, since nothing else outlives an evaluation.
# The number of the process tells it from what a shell above has exported.
fn remembered {
  var owner json = (str:split &max=2 ' ' (builtin:get-env VIVARIUM_ELVISH)' ')
  if (builtin:eq $owner $pid) { builtin:print $json | builtin:from-json } else { builtin:put $nil }
}

fn leave {
  if (builtin:not (builtin:has-env VIVARIUM_ELVISH)) { builtin:return }
  var state = (remembered)
  builtin:unset-env VIVARIUM_ELVISH
  if (builtin:eq $state $nil) { builtin:return }
  for name [(builtin:keys $state[entries])] {
    if (builtin:has-env $name) {
      var old = (if (builtin:eq $state[before][$name] $nil) { builtin:put '' } else { builtin:put $state[before][$name] })
      var rest = [(undo $state[entries][$name] $state[new][$name] $old (builtin:get-env $name))]
      if (builtin:eq $rest ['']) { set rest = [] }
      var is-gone = (and (builtin:eq $rest []) (builtin:eq $state[before][$name] $nil))
      give $name (if $is-gone { builtin:put $nil } else { str:join : $rest })
    }
  }
  # What was inherited counts only if it names another environment, which commands are still found in.
  var outer = $state[before][VIRTUAL_ENV]
  if (and (builtin:not-eq $outer $nil) (builtin:not (builtin:has-value [(str:split : (value PATH))] $outer/bin))) {
    set state[before][VIRTUAL_ENV] = $nil
    set state[before][VIRTUAL_ENV_PROMPT] = $nil
  }
  # What was changed in the meantime stays.
  for name [(builtin:keys $state[values])] {
    if (builtin:eq (value $name) $state[values][$name]) { give $name $state[before][$name] }
  }
  if $has-editor {
    # No prompt but ours knows of this option.
    builtin:eval 'try { set edit:prompt = ($edit:prompt &vivarium-theirs) } catch e { }; edit:del-var deactivate~'
  }
}

# Whatever is active in this shell goes first.
leave

# A shell above has activated this very environment: what it did is this activation's to take back.
if (builtin:eq (value VIRTUAL_ENV) $place) {
  for name [(builtin:keys $entries)] {
    if (builtin:has-env $name) {
      var rest = [(without $entries[$name] (builtin:get-env $name))]
      give $name (if (and (builtin:eq $rest []) (builtin:not-eq $name PATH)) { builtin:put $nil } else { str:join : $rest })
    }
  }
  builtin:unset-env VIRTUAL_ENV
  builtin:unset-env VIRTUAL_ENV_PROMPT
}

var before = [&]
for name [(builtin:keys $entries) (builtin:keys $values)] { set before[$name] = (value $name) }
for name [(builtin:keys $entries)] {
  var own theirs = $entries[$name] $before[$name]
  builtin:set-env $name (if (builtin:has-value [$nil ''] $theirs) { builtin:put $own } else { builtin:put $own':'$theirs })
}
for name [(builtin:keys $values)] { give $name $values[$name] }
var new = [&]
for name [(builtin:keys $entries)] { set new[$name] = (value $name) }

# Where a prompt is drawn, no two activations are the same, so that the prompt of one is not taken for that of another.
var id = (if $has-editor { builtin:rand } else { builtin:put $nil })
var state = [&id=$id &entries=$entries &values=$values &before=$before &new=$new]
var token = $pid' '(builtin:put $state | builtin:to-json)
builtin:set-env VIVARIUM_ELVISH $token

# A script that evaluates this one gets at it by `&on-end={|names| set deactivate~ = $names[deactivate~] }`.
fn deactivate { leave }

if $has-editor {
  builtin:eval &ns=(builtin:ns [&leave~=$leave~]) 'edit:add-var deactivate~ $leave~'
  if (builtin:has-value [$nil ''] (value VIRTUAL_ENV_DISABLE_PROMPT)) {
    var theirs = (builtin:eval 'builtin:put $edit:prompt')
    var draw = {|&vivarium-theirs=$false|
      if $vivarium-theirs {
        builtin:put $theirs
      } else {
        # A prompt of the user's may call this one, also when it is no longer in force.
        if (builtin:eq (value VIVARIUM_ELVISH) $token) { builtin:put '('$prompt') ' }
        $theirs
      }
    }
    builtin:eval &ns=(builtin:ns [&draw=$draw]) 'set edit:prompt = $draw'
  }
}
