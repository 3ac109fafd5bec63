/** From harmless to worst. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'];
export const isLevel = (text) => levels.some((level) => level === text);
export const incidentStates = [
    'observed',
    'open',
    'investigating',
    'contained',
    'closed',
];
export const isIncidentState = (text) => incidentStates.some((state) => state === text);
export const roles = [
    'viewer',
    'analyst',
    'engineer',
    'approver',
    'auditor',
    'admin',
];
export const isRole = (text) => roles.some((role) => role === text);
