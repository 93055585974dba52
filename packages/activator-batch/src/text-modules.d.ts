declare module '*.bat' {
  const text: string;
  export default text;
}
