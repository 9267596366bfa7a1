// Runs one turn at the AG-UI endpoint and hands its events over, one by one.

/** The events of a run. Aborting `signal` stops the turn on the server as well. */
export async function* runTurn(threadId, question, signal) {
  const runId = crypto.randomUUID();
  const response = await fetch("/api/agent", {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ threadId, runId, protocolVersion: "1.0", messages: [{ id: `${runId}-question`, role: "user", content: question }] }),
  });
  if (!response.ok) throw new Refused(await sentenceOf(response));
  yield* eventsOf(response.body);
}

/** JSON from one of our addresses. Throws Refused with the server's sentence. */
export async function getJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Refused(await sentenceOf(response));
  return response.json();
}

/** The server said no, in a sentence for the reader. */
export class Refused extends Error {}

async function sentenceOf(response) {
  try {
    return (await response.json()).error;
  } catch {
    return "";
  }
}

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
      if (data.length) yield JSON.parse(data.join("\n"));
    }
  }
}
