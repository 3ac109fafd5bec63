// Kinds of machines that people sit at, and the people themselves. Columns: see library.ts.

export const endpoints = {
  person: `
internet-users     | People on the internet        | people  | - | - | - | none | human-operated | - | users visitors
people             | People                        | people  | - | - | - | none | human-operated | - | staff
partner            | Another organisation          | people  | - | - | - | processes | human-operated vendor-managed | - | supplier customer
`,
  endpoint: `
windows-laptop     | Windows laptop                | windows | - | windows/security windows/sysmon windows/powershell windows/defender | windows | processes | human-operated browses-internet reads-mail holds-credentials | 522 269 1104 | -
windows-desktop    | Windows desktop               | windows | - | windows/security windows/sysmon windows/powershell windows/defender | windows | processes | human-operated browses-internet reads-mail holds-credentials | 522 269 1104 | workstation windows-workstation
mac-laptop         | Mac laptop                    | macos   | - | macos | macos | processes | human-operated browses-internet reads-mail holds-credentials | 522 1104 | macbook mac
linux-laptop       | Linux laptop                  | linux   | - | linux/auditd linux/auth | linux | processes | human-operated browses-internet reads-mail holds-credentials | 522 1104 | linux-desktop
developer-laptop   | Developer's laptop            | any     | - | windows/security linux/auditd macos | os | stores | human-operated browses-internet reads-mail holds-credentials runs-foreign-code builds-code | 522 798 829 494 | developer-workstation
admin-workstation  | Administrators' workstation   | windows | - | windows/security windows/sysmon windows/powershell | windows | processes | human-operated holds-credentials admin-interface | 522 269 | paw
kiosk              | Shared terminal               | windows | - | windows/security windows/sysmon | windows | processes | human-operated browses-internet hard-to-patch | 287 269 1104 | shared-terminal
point-of-sale      | Till                          | windows | - | windows/security | vendor | processes | human-operated hard-to-patch vendor-managed | 522 1104 311 | till pos
virtual-desktop    | Virtual desktops              | windows | rdp:3389+ https:443+ | windows/security windows/sysmon | windows | processes | human-operated browses-internet reads-mail holds-credentials remote-access many-tenants | 522 269 | citrix vdi horizon
machines           | Machines of many kinds        | any     | - | - | os | processes | - | 1104 | network-machines
command-line       | Command on somebody's machine | any     | - | - | vendor | processes | human-operated holds-credentials | 522 78 | cli
`,
  mobile: `
mobile-app         | App on people's phones        | mobile  | - | application | app-store | processes | human-operated | 312 295 922 | -
company-phone      | Company phone                 | mobile  | - | - | mobile-os | processes | human-operated browses-internet reads-mail holds-credentials | 522 1104 | smartphone phone
tablet             | Tablet                        | mobile  | - | - | mobile-os | processes | human-operated browses-internet | 522 1104 | ipad
`,
  browser: `
browser            | Browser                       | browser | - | - | browser | processes | human-operated browses-internet | 79 1021 | web-browser
single-page-app    | Application in the browser    | javascript | - | application | own-code | processes | human-operated renders-user-content | 79 829 922 | spa frontend
`,
} as const
