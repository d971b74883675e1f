using System.CommandLine;
using System.Reflection;

namespace Parley.Server.Commands;

/// <summary>
/// <c>parley emulate</c>: plays the providers of channels, on this machine alone. The program that does is the one that the tests use; it stands in a folder beside this one and is
/// loaded only here, so that nothing of it is in a server.
/// </summary>
internal static class EmulateCommand
{
    public static Command Make()
    {
        var command = new Command("emulate", "Plays the providers of channels, with a page where you are the customer. On this machine only.");
        var port = new Option<int>("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 5090, HelpName = "PORT" };
        command.Options.Add(port);
        command.SetAction(parsed => Exits.Run(() => Task.FromResult(Run(Path.Combine(AppContext.BaseDirectory, "emulators"), parsed.GetValue(port)))));
        return command;
    }

    internal static int Run(string folder, int port)
    {
        var program = Path.Combine(folder, "Parley.Emulators.dll");
        return File.Exists(program)
            ? (int)Assembly.LoadFrom(program).EntryPoint!.Invoke(null, [new[] { "--port", $"{port}" }])!
            : throw new FileNotFoundException($"The emulators are not here: they are built from the source ('make build') into {folder}.");
    }
}
