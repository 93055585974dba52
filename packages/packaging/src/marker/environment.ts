/**
 * What a marker is evaluated against, by the names of its fields. The first eleven are what Python's
 * `packaging.markers.default_environment()` gives.
 */
export interface MarkerEnvironment {
  /** `os.name`. */
  readonly os_name: string;
  /** `sys.platform`. */
  readonly sys_platform: string;
  /** `platform.machine()`: `x86_64`, `aarch64`, `AMD64` … */
  readonly platform_machine: string;
  /** `platform.python_implementation()`: `CPython`, `PyPy` … */
  readonly platform_python_implementation: string;
  /** `platform.release()`. */
  readonly platform_release: string;
  /** `platform.system()`: `Linux`, `Darwin`, `Windows` … */
  readonly platform_system: string;
  /** `platform.version()`. */
  readonly platform_version: string;
  /** Major and minor version of the language: `3.13`. */
  readonly python_version: string;
  /** `platform.python_version()`: `3.13.0`, `3.15.0rc2`. The `+` of a build from source is ignored. */
  readonly python_full_version: string;
  /** `sys.implementation.name`: `cpython`, `pypy` … */
  readonly implementation_name: string;
  /** The implementation's own version. */
  readonly implementation_version: string;
  /** The extra that metadata is read for; `''` for none. Without it a marker that names `extra` is an error. */
  readonly extra?: string;
  /** The extras that a lock file is installed with. Without it a marker that names `extras` is an error. */
  readonly extras?: Iterable<string>;
  /** The groups that a lock file is installed with. Without it a marker that names them is an error. */
  readonly dependency_groups?: Iterable<string>;
}
