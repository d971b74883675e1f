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
// A command that is told to end has time to do so; a server ends itself when that is up. The framework's own two seconds would cut requests off.
var done = await said.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(90) });
return said.Errors.Count > 0 ? Exits.Usage : done;
