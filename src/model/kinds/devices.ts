// Kinds of devices that are no computers to their owners, and of industrial control. Columns: see library.ts.

export const devices = {
  device: `
medical-device     | Medical device                | any     | hl7:2575 | - | vendor | processes | hard-to-patch legacy-protocols safety-critical vendor-managed | 306 319 798 1104 | patient-monitor infusion-pump
imaging-archive    | Archive of medical images     | dicom   | dicom:104 https:443+ | application | vendor | stores | hard-to-patch legacy-protocols safety-critical | 306 319 311 | pacs dicom orthanc
camera             | Camera                        | any     | rtsp:554 http:80 | - | vendor | processes | hard-to-patch legacy-protocols | 798 306 319 1104 | ip-camera cctv
printer            | Printer                       | any     | ipp:631 jetdirect:9100 | - | vendor | processes | hard-to-patch legacy-protocols admin-interface | 306 319 1104 | multifunction
telephone          | Telephone                     | any     | sip:5060 | - | vendor | processes | hard-to-patch legacy-protocols | 306 319 | voip sip
telephone-system   | Telephone system              | any     | sips:5061+ sip:5060 | application | vendor | forwards | public-service hard-to-patch legacy-protocols | 307 290 319 | pbx asterisk freepbx
door-control       | Door control                  | any     | https:443+ | application | vendor | stores | hard-to-patch safety-critical | 798 306 1104 | badge-reader
building-control   | Building control              | bacnet  | bacnet:47808 | - | vendor | processes | hard-to-patch legacy-protocols safety-critical | 306 319 1104 | hvac bms knx
sensor             | Sensor                        | any     | - | - | vendor | processes | hard-to-patch | 306 319 1104 | iot iot-device thermometer
smart-display      | Screen on a wall              | any     | https:443+ | - | vendor | processes | hard-to-patch | 306 1104 | signage tv
baseboard-controller | Management of hardware      | ipmi    | https:443+ ipmi:623 | - | vendor | none | admin-interface hard-to-patch legacy-protocols | 287 798 1104 | bmc ipmi ilo idrac
`,
  industrial: `
plc                | Programmable controller       | any     | modbus:502 s7comm:102 | - | vendor | processes | hard-to-patch legacy-protocols safety-critical | 306 319 345 1104 | controller
scada-server       | SCADA server                  | windows | opc-ua:4840 rdp:3389+ | windows/security windows/sysmon | windows | stores | hard-to-patch legacy-protocols safety-critical admin-interface | 306 319 1104 | scada
operator-panel     | Operator's panel              | any     | vnc:5900 | - | vendor | processes | human-operated hard-to-patch legacy-protocols safety-critical | 306 319 1104 | hmi
historian          | Historian                     | any     | https:443+ opc-ua:4840 | windows/security | vendor | stores | hard-to-patch executes-queries | 306 89 1104 | -
engineering-station | Engineering station          | windows | rdp:3389+ | windows/security windows/sysmon | windows | stores | human-operated hard-to-patch holds-credentials safety-critical | 1104 269 494 | -
safety-controller  | Safety controller             | any     | - | - | vendor | processes | hard-to-patch legacy-protocols safety-critical | 306 345 | sis
industrial-gateway | Gateway to machines           | any     | opc-ua:4840 mqtts:8883+ | - | vendor | forwards | hard-to-patch legacy-protocols remote-access | 306 319 1104 | edge-gateway
`,
} as const
