using System.CommandLine;
using Parley.Log;
using Command = System.CommandLine.Command;

namespace Parley.Server.Commands;

/// <summary><c>parley rebuild</c>: has what is made from the log made anew, also while the server runs.</summary>
internal static class RebuildCommand
{
    public const string Name = "rebuild";

    public static Command Make()
    {
        var command = new Command(Name, "Makes lists and counts (inbox) or the search index (search) anew from the log, in the background of the server that runs or runs next.");
        var reader = new Argument<string>("what") { Description = "inbox or search." };
        var options = new Options().AddTo(command);
        command.Arguments.Add(reader);
        command.SetAction(parsed => Exits.Run(() =>
            LocalCommands.Run(options.Launch(parsed), new LocalRequest(Name, new() { ["what"] = parsed.GetRequiredValue(reader) }))));
        return command;
    }

    public static async Task<string> Rebuild(IServiceProvider services, IReadOnlyDictionary<string, string> flags)
    {
        // Other readers do things in the world, which are not to be done twice.
        if (flags["what"] is not ("inbox" or "search") and var other)
        {
            throw new LocalRefused($"'{other}' is not made from the log. What can be made anew is inbox (lists and counts) or search.", Exits.Usage);
        }

        await services.GetRequiredService<Following>().Rebuild(flags["what"]);
        return $"The server makes {flags["what"]} anew from the log; the metric parley_reader_lag says how far it is.";
    }
}
