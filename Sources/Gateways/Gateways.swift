// Gateways: everything the platform says to the outside, and what it makes of the answers.
//
// Here: the HTTP client over libcurl, the departments' signed exchange, the mapping of their replies to register
// records, sign-in through the provincial identity provider. Each implements a port that `Enrollment` declares.
// Not here: what an answer means for a family (Enrollment), when to ask again (Services), the stand-ins that answer
// (Sandbox, which shares no code with this target), SQL, pages, settings files.
//
// Start reading at Departments/DepartmentGateway.swift: one question to one department, from port to wire and back;
// then Exchange/ExchangeClient.swift, Transport/CurlTransport.swift and SignIn/OpenIDClient.swift.
