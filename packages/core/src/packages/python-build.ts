/** A build of Python that was fetched: which it is, and under which license. */
export interface PythonBuild {
  /** `CPython`. */
  readonly name: string;
  readonly version: string;
  /** Which of several builds of the version it is: a date, `20261110`. */
  readonly build: string;
  /** What it was built for, as the archive names it. */
  readonly platform: string;
  /** SHA-256 of the archive, in hexadecimal. */
  readonly sha256: string;
  /** Where the archive came from: a URL, or a path. */
  readonly origin: string;
  /** An SPDX expression. */
  readonly license: string;
}
