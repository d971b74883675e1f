using System.Text.Json;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Store;

namespace Parley.Server.Demo;

/// <summary>What the demo remembers of a folder that it filled: the two inboxes that the shop's pages carry.</summary>
internal sealed record Seeded(InboxId Shop, InboxId Loft);

/// <summary>Fills an empty folder with the company and its last four weeks. A folder that was filled stays as it is; any other is left alone.</summary>
internal static class Seeding
{
    private const string Mark = "demo.json";
    private const string Unfinished = "demo.begun";

    /// <param name="told">Whether there is a past, or only the company.</param>
    /// <exception cref="StoreRefused">The folder holds something that is not the demo's.</exception>
    public static async Task<Seeded> Seed(Launch launch, bool told = true)
    {
        using var folder = DataFolder.Take(launch.Folder);
        var (mark, unfinished) = (Path.Combine(launch.Folder, Mark), Path.Combine(launch.Folder, Unfinished));
        if (File.Exists(mark))
        {
            return JsonSerializer.Deserialize<Seeded>(await File.ReadAllTextAsync(mark), Json.Options)!;
        }

        if (File.Exists(unfinished))
        {
            // A seeding that was cut off; whatever lies here is its own.
            Clear(launch.Folder);
        }
        else if (Directory.EnumerateFileSystemEntries(launch.Folder).Any(path => Path.GetFileName(path) is not "parley.lock"))
        {
            throw new StoreRefused("demo.folder", $"{launch.Folder} is not the demo's: it was not made by 'parley demo', which leaves it alone. Choose another folder with --data.");
        }

        await File.WriteAllTextAsync(unfinished, "");
        var place = await Fill(launch, told ? Story.All() : []);
        var seeded = new Seeded(place.Inboxes[Lighthouse.Shop], place.Inboxes[Lighthouse.Loft]);
        await File.WriteAllTextAsync(mark, JsonSerializer.Serialize(seeded, Json.Options));
        File.Delete(unfinished);
        return seeded;
    }

    private static async Task<Lighthouse> Fill(Launch launch, IReadOnlyList<Story> stories)
    {
        var now = launch.Time.GetUtcNow();
        var clock = new DemoClock(launch.Time);
        clock.Begin(now.AddDays(-40));
        await using var database = await ParleyHost.OpenStore(launch);
        var services = new ServiceCollection();
        ParleyHost.AddServices(services, launch with { Time = clock, Add = _ => { } }, database);
        services.AddLogging(logging => Logs.Add(logging, launch.Settings.Section<ServerSettings>()));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<KeyRing>().Load();
        provider.GetRequiredService<Desk>().Start();
        var place = await Lighthouse.Found(provider, clock);
        await Tell(provider, place, stories, clock, now);
        return place;
    }

    /// <summary>All stories at once, line by line in the order in which they happened, as they would have come in.</summary>
    private static async Task Tell(IServiceProvider services, Lighthouse place, IReadOnlyList<Story> stories, DemoClock clock, DateTimeOffset now)
    {
        var told = stories.Select((story, number) => new Telling(services, place, story, number, clock)).ToList();
        var lines = stories.SelectMany((story, number) => Times(story, number, now).Zip(story.Lines, (at, line) => (At: at, Number: number, Line: line)));
        foreach (var (at, number, line) in lines.OrderBy(line => line.At))
        {
            clock.Reach(at);
            await told[number].Tell(line);
        }

        clock.Reach(now);
        for (var number = 0; number < told.Count; number++)
        {
            await told[number].End(now, Times(stories[number], number, now)[^1]);
        }
    }

    /// <summary>When each line was said. Nobody writes on the full minute.</summary>
    internal static List<DateTimeOffset> Times(Story story, int number, DateTimeOffset now)
    {
        var at = story.Begins(now);
        return [.. story.Lines.Select((line, i) => at = at + line.After + TimeSpan.FromMilliseconds(i == 0 ? 0 : (((number * 7) + (i * 13)) % 31 * 1000) + (number * 17)))];
    }

    private static void Clear(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) is not "parley.lock"))
        {
            File.Delete(path);
        }

        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
