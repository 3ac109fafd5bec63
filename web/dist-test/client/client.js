// Calls operations over HTTP: reads as GET with a query, writes as POST with JSON and the session's CSRF token.
import { operationKinds } from './generated.js';
/** What went wrong, in the server's words. Code `NETWORK` when the server did not answer at all. */
export class Trouble extends Error {
    name = 'Trouble';
    code;
    help;
    status;
    constructor(given) {
        super(given.text);
        this.code = given.code;
        this.help = given.help;
        this.status = given.status;
    }
}
/** Any thrown thing as a Trouble. */
export const asTrouble = (thrown) => thrown instanceof Trouble
    ? thrown
    : new Trouble({
        code: 'CONSOLE',
        text: thrown instanceof Error ? thrown.message : String(thrown),
        help: 'this is a fault of the console; reload the page, and please report it if it stays',
        status: 0,
    });
const isScalar = (value) => ['string', 'number', 'boolean'].includes(typeof value);
/** Input as a query string: lists as repeated keys, nothing for absent and empty values. */
export function queryOf(input) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(input)) {
        const all = Array.isArray(value) ? value : [value];
        for (const each of all)
            if (isScalar(each) && each !== '')
                query.append(name, String(each));
    }
    const text = query.toString();
    return text === '' ? '' : `?${text}`;
}
export const pathOf = (name) => `/api/v1/${name.replace('.', '/')}`;
let csrf = '';
let onSignedOut = () => undefined;
/** The session's CSRF token, sent with every change. */
export const keepCsrf = (token) => void (csrf = token ?? '');
/** Called when the server no longer knows us: the session ended. */
export const whenSignedOut = (then) => void (onSignedOut = then);
/** One request with JSON in and out. Throws `Trouble`, or the abort's own error. */
export async function request(path, asked) {
    const response = await send(path, asked);
    const text = await response.text();
    const answer = parse(text);
    if (response.ok && answer !== undefined)
        return answer;
    const trouble = troubleOf(response.status, answer);
    if (trouble.code === 'UNAUTHENTICATED')
        onSignedOut();
    throw trouble;
}
async function send(path, { method, body, signal }) {
    const headers = method === 'GET' ? {} : { 'content-type': 'application/json', 'x-castellan-csrf': csrf };
    try {
        return await fetch(path, {
            method,
            credentials: 'same-origin',
            headers: { accept: 'application/json', ...headers },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            ...(signal ? { signal } : {}),
        });
    }
    catch (thrown) {
        if (signal?.aborted)
            throw thrown;
        throw new Trouble({
            code: 'NETWORK',
            text: 'the server does not answer',
            help: 'check that castellan is running and that this machine reaches it; what is shown comes back by itself, a change must be tried again',
            status: 0,
        });
    }
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const isRecord = (value) => typeof value === 'object' && value !== null;
const textOr = (value, other) => (typeof value === 'string' && value !== '' ? value : other);
/** The error of an answer. Answers that are not ours (a proxy's page) become one with the status in it. */
export function troubleOf(status, answer) {
    const error = isRecord(answer) && isRecord(answer['error']) ? answer['error'] : {};
    return new Trouble({
        code: textOr(error['code'], status === 401 ? 'UNAUTHENTICATED' : 'UNEXPECTED'),
        text: textOr(error['text'], `the server answered with status ${status}`),
        help: textOr(error['help'], 'look at the log of castellan and of any proxy in between'),
        status,
    });
}
/** Runs an operation. The answer's shape is the server's promise, held by its own output schema. */
export async function call(name, input, signal) {
    const read = operationKinds[name] === 'read';
    const path = read ? `${pathOf(name)}${queryOf(input)}` : pathOf(name);
    const answer = await request(path, read ? { method: 'GET', signal } : { method: 'POST', body: input, signal });
    return answer;
}
