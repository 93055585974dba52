declare module '*.csh' {
  const text: string;
  export default text;
}
