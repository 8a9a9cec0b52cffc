console.log(process.version, process.argv, process.env["PATH"]);
