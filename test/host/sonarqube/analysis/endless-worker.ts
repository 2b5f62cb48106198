// A rule that never ends, as the analyser sees it.
const start = Date.now();
while (Date.now() >= start);
