using Parley.Platform.Keys;
using Parley.Platform.Hosting;
using Parley.Platform.Settings;
using Parley.Platform.Store;
using Parley.Server.Commands;
using Parley.Log;

namespace Parley.Server;

/// <summary>A refusal of a local command: one line, and what the process ends with.</summary>
internal sealed class LocalRefused(string message, int exit = Exits.Failed) : Exception(message)
{
    public int Exit { get; } = exit;
}

/// <summary>
/// Commands that change a store: done here when nobody serves the folder, else by the server that does. Either way it is the same code
/// with the same services.
/// </summary>
internal static class LocalCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What each command does with a store's services, by name.</summary>
    public static IReadOnlyDictionary<string, Func<IServiceProvider, IReadOnlyDictionary<string, string>, Task<string>>> All { get; } =
        new Dictionary<string, Func<IServiceProvider, IReadOnlyDictionary<string, string>, Task<string>>>
        {
            ["ping"] = (_, _) => Task.FromResult("pong"),
            [Reaching.Refused] = Reaching.TellRefused,
            [Reaching.Home] = Reaching.TellHome,
            [PeopleCommands.AgentAdd] = PeopleCommands.AddAgent,
            [PeopleCommands.WorkspaceAdd] = PeopleCommands.AddWorkspace,
            [RebuildCommand.Name] = RebuildCommand.Rebuild,
        };

    /// <summary>Runs a command from the command line; the text is for the person who typed it.</summary>
    public static async Task<int> Run(Launch launch, LocalRequest request)
    {
        var answer = await Ask(launch, request);
        (answer.Exit == Exits.Done ? Console.Out : Console.Error).WriteLine(answer.Exit == Exits.Done ? answer.Text : $"parley: {answer.Text}");
        return answer.Exit;
    }

    public static async Task<LocalAnswer> Answer(IServiceProvider services, LocalRequest request)
    {
        try
        {
            return All.TryGetValue(request.Command, out var run)
                ? new(Exits.Done, await run(services, request.Flags))
                : new(Exits.Usage, $"The server that holds this folder does not know '{request.Command}'; it is of another version.");
        }
        catch (LocalRefused refused)
        {
            return new(refused.Exit, refused.Message);
        }
    }

    /// <summary>A folder that is taken but does not answer belongs to a server that starts or ends, or to another command: worth a moment's wait.</summary>
    private static async Task<LocalAnswer> Ask(Launch launch, LocalRequest request)
    {
        for (var started = launch.Time.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(100), launch.Time))
        {
            using (var folder = DataFolder.TryTake(launch.Folder))
            {
                var answer = folder is not null ? await Here(launch, request) : await LocalSocket.Ask(launch.Folder, request);
                if (answer is not null)
                {
                    return answer;
                }
            }

            if (launch.Time.GetElapsedTime(started) > Patience)
            {
                throw new StoreRefused("folder.taken", $"{launch.Folder} is in use by another Parley, which does not answer. End that one, or choose another folder with --data.");
            }
        }
    }

    private static async Task<LocalAnswer> Here(Launch launch, LocalRequest request)
    {
        await using var database = await ParleyHost.OpenStore(launch);
        return await With(launch, database, services => Answer(services, request));
    }

    /// <summary>Does something with the product's services over a store that nobody serves. The store is closed afterwards.</summary>
    public static async Task<T> With<T>(Launch launch, Database database, Func<IServiceProvider, Task<T>> act)
    {
        var services = new ServiceCollection();
        ParleyHost.AddServices(services, launch, database);
        services.AddLogging(logging => Logs.Add(logging, launch.Settings.Section<ServerSettings>() with { LogLevel = LogDetail.Warning }));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<KeyRing>().Load();
        await provider.GetRequiredService<Desk>().StartAlone();
        return await act(provider);
    }
}
