// Scripts in other languages are imported as text (see `loader` in tsup.preset.ts).
declare module '*.bash' {
  const text: string;
  export default text;
}
declare module '*.bat' {
  const text: string;
  export default text;
}
declare module '*.csh' {
  const text: string;
  export default text;
}
declare module '*.fish' {
  const text: string;
  export default text;
}
declare module '*.nu' {
  const text: string;
  export default text;
}
declare module '*.ps1' {
  const text: string;
  export default text;
}
declare module '*.py' {
  const text: string;
  export default text;
}
declare module '*.sh' {
  const text: string;
  export default text;
}
declare module '*.xsh' {
  const text: string;
  export default text;
}
declare module '*.zsh' {
  const text: string;
  export default text;
}
