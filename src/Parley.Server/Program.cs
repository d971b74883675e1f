using System.CommandLine;
using Parley.Server.Commands;
using Parley.Server.Demo;

var root = new RootCommand("Parley: live chat and messaging in one conversation desk.")
{
    ServeCommand.Make(),
    PeopleCommands.Agent(),
    PeopleCommands.Workspace(),
    MigrateCommand.Make(),
    RebuildCommand.Make(),
    BackupCommands.Backup(),
    BackupCommands.Restore(),
    DoctorCommand.Make(),
    ConfigCommand.Make(),
    DemoCommand.Make(),
    EmulateCommand.Make(),
};
var said = root.Parse(args);
var done = await said.InvokeAsync();
return said.Errors.Count > 0 ? Exits.Usage : done;
