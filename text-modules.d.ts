// Scripts in other languages are imported as text (see text-files.ts). Those of one package are declared there.
declare module '*.bash' {
  const text: string;
  export default text;
}
declare module '*.py' {
  const text: string;
  export default text;
}
declare module '*.zsh' {
  const text: string;
  export default text;
}
