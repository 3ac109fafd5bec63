// Live updates from the server: one event stream, reconnected with growing waits, watched for silence.
const silenceMilliseconds = 6000;
const longestWait = 30_000;
/** Milliseconds before try number `attempt` (from 1): doubled each time up to half a minute, shortened by up to a third so that consoles do not all come back at once. */
export const waitBefore = (attempt, random) => Math.round(Math.min(longestWait, 1000 * 2 ** Math.min(attempt - 1, 10)) * (1 - random / 3));
const pulseKeys = ['at', 'events', 'perSecond', 'alerts', 'spoolRecords', 'incidentsOpen'];
const isRecord = (value) => typeof value === 'object' && value !== null;
const isPulse = (value) => isRecord(value) && pulseKeys.every((key) => typeof value[key] === 'number');
/** The data of a message, or null when it is not JSON. */
export function dataOf(event) {
    try {
        return typeof event.data === 'string' ? JSON.parse(event.data) : null;
    }
    catch {
        return null;
    }
}
const idsOf = (data) => {
    const ids = isRecord(data) ? data['ids'] : undefined;
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
};
/** What is known and who is told. */
function createHub() {
    const start = { state: 'connecting', pulse: null, heard: 0, nextTry: 0 };
    const hub = {
        view: start,
        watchers: new Set(),
        listeners: { alert: new Set(), incident: new Set() },
        show(next) {
            hub.view = { ...hub.view, ...next };
            for (const watcher of hub.watchers)
                watcher();
        },
        reset: () => void (hub.view = start),
    };
    return hub;
}
/** Makes a feed; nothing happens until `start`. */
export function createLiveFeed(deps, url = '/api/v1/live') {
    const hub = createHub();
    let stream;
    let attempt = 0;
    let callOff = () => undefined;
    const arm = () => {
        callOff();
        callOff = deps.after(silenceMilliseconds, () => hub.show({ state: 'stale' }));
    };
    const hear = (next) => {
        attempt = 0;
        arm();
        hub.show({ state: 'live', heard: deps.now(), nextTry: 0, ...next });
    };
    const lose = () => {
        stream?.close();
        callOff();
        attempt += 1;
        const wait = waitBefore(attempt, deps.random());
        hub.show({ state: 'offline', nextTry: deps.now() + wait });
        callOff = deps.after(wait, connect);
    };
    const tell = (kind, event) => {
        hear({});
        for (const listener of hub.listeners[kind])
            listener(idsOf(dataOf(event)));
    };
    function connect() {
        stream = deps.open(url);
        arm();
        stream.addEventListener('error', lose);
        stream.addEventListener('pulse', (event) => {
            const pulse = dataOf(event);
            if (isPulse(pulse))
                hear({ pulse });
        });
        stream.addEventListener('alert', (event) => tell('alert', event));
        stream.addEventListener('incident', (event) => tell('incident', event));
    }
    function stop() {
        stream?.close();
        stream = undefined;
        callOff();
        hub.reset();
    }
    const start = () => void (stream ?? connect());
    return {
        start,
        stop,
        get view() {
            return hub.view;
        },
        watch: (listener) => joined(hub.watchers, listener),
        on: (kind, listener) => joined(hub.listeners[kind], listener),
    };
}
/** Adds to a set; the answer takes it out again. */
function joined(set, member) {
    set.add(member);
    return () => void set.delete(member);
}
/** The feed of this page. */
export const liveFeed = createLiveFeed({
    open: (url) => new EventSource(url),
    now: () => Date.now(),
    random: () => Math.random(),
    after(milliseconds, run) {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
    },
});
