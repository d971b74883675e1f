declare module 'virtual:problems' {
  const problems: readonly { code: string; detail: string; status: number }[];
  export default problems;
}
