// A file that makes a parser take more and more memory, as the analyser sees it.
const eaten: number[][] = [];
for (let meal = 0; ; meal += 1) eaten.push(new Array<number>(10_000).fill(meal));
