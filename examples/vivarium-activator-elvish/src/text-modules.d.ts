declare module '*.elv' {
  const text: string;
  export default text;
}
