using System.Text.Json;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Store;

namespace Parley.Server.Demo;

/// <summary>What the demo remembers of a folder that it filled: the two inboxes that the shop's pages carry.</summary>
/// <param name="Later">How many of the later sets of stories were told; below zero where there shall be no past.</param>
internal sealed record Seeded(InboxId Shop, InboxId Loft, int Later = 0);

/// <summary>
/// Fills an empty folder with the company and its last four weeks. In a folder that was filled everything stays; when nothing was written there for two
/// hours, a further set of stories is told, so that somebody waits at every start. Any other folder is left alone.
/// </summary>
internal static class Seeding
{
    private const string Mark = "demo.json";
    private const string Unfinished = "demo.begun";

    /// <summary>What is older is not fresh any more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(2);

    /// <param name="told">Whether there is a past, or only the company.</param>
    /// <exception cref="StoreRefused">The folder holds something that is not the demo's.</exception>
    public static async Task<Seeded> Seed(Launch launch, bool told = true)
    {
        using var folder = DataFolder.Take(launch.Folder);
        var (mark, unfinished) = (Path.Combine(launch.Folder, Mark), Path.Combine(launch.Folder, Unfinished));
        if (File.Exists(mark))
        {
            var known = JsonSerializer.Deserialize<Seeded>(await File.ReadAllTextAsync(mark), Json.Options)!;
            var refreshed = told ? await Refresh(launch, known) : known;
            await File.WriteAllTextAsync(mark, JsonSerializer.Serialize(refreshed, Json.Options));
            return refreshed;
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
        var seeded = new Seeded(place.Inboxes[Lighthouse.Shop], place.Inboxes[Lighthouse.Loft], told ? 0 : -1);
        await File.WriteAllTextAsync(mark, JsonSerializer.Serialize(seeded, Json.Options));
        File.Delete(unfinished);
        return seeded;
    }

    private static async Task<Lighthouse> Fill(Launch launch, IReadOnlyList<Story> stories)
    {
        var now = launch.Time.GetUtcNow();
        var clock = new DemoClock(launch.Time);
        clock.Begin(now.AddDays(-40));
        return await Inside(launch, clock, async services =>
        {
            var place = await Lighthouse.Found(services, clock);
            await Tell(services, place, [.. stories.Index()], clock, now);
            return place;
        });
    }

    /// <summary>Tells the next set where the last word is old, as long as the company is still the one that was made.</summary>
    private static async Task<Seeded> Refresh(Launch launch, Seeded seeded)
    {
        if (seeded.Later < 0)
        {
            return seeded;
        }

        var stories = Returning.Set(seeded.Later + 1);
        var now = launch.Time.GetUtcNow();
        var clock = new DemoClock(launch.Time);
        return await Inside(launch, clock, async services =>
        {
            if (await Lighthouse.Again(services, seeded) is not { } place || now - await LastWord(services, place.Workspace) < Fresh)
            {
                return seeded;
            }

            clock.Begin(now - Fresh);
            // Numbered behind those of all sets before: a command's id is used once.
            var first = 1000 * (seeded.Later + 1);
            await Returning.Close(services, place, stories.Select(story => story.Lines[0].Text), $"demo:{first}:again");
            await Tell(services, place, [.. stories.Select((story, i) => (first + i, story))], clock, now);
            return seeded with { Later = seeded.Later + 1 };
        });
    }

    private static async Task<DateTimeOffset> LastWord(IServiceProvider services, WorkspaceId workspace)
    {
        var log = services.GetRequiredService<LogReader>();
        var head = await log.Head(workspace);
        var last = await log.After(workspace, (head?.Position ?? 1) - 1, 1);
        return last is [var entry] ? entry.At : DateTimeOffset.MinValue;
    }

    /// <summary>With the product's services over the folder's store, and nobody served.</summary>
    private static async Task<T> Inside<T>(Launch launch, DemoClock clock, Func<IServiceProvider, Task<T>> work)
    {
        await using var database = await ParleyHost.OpenStore(launch);
        var services = new ServiceCollection();
        ParleyHost.AddServices(services, launch with { Time = clock, Add = _ => { } }, database);
        services.AddLogging(logging => Logs.Add(logging, launch.Settings.Section<ServerSettings>()));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<KeyRing>().Load();
        await provider.GetRequiredService<Desk>().StartAlone();
        return await work(provider);
    }

    /// <summary>All stories at once, line by line in the order in which they happened, as they would have come in.</summary>
    private static async Task Tell(IServiceProvider services, Lighthouse place, IReadOnlyList<(int Number, Story Story)> stories, DemoClock clock, DateTimeOffset now)
    {
        var known = await Returning.Known(services.GetRequiredService<LogReader>(), place.Workspace);
        var told = stories.Select(one => (one.Number, one.Story, Telling: new Telling(services, place, one.Story, one.Number, clock) { Known = known[one.Story.Customer].Select(id => (ContactId?)id).LastOrDefault() })).ToList();
        var lines = told.SelectMany(one => Times(one.Story, one.Number, now).Zip(one.Story.Lines, (at, line) => (At: at, one.Telling, Line: line)));
        foreach (var (at, telling, line) in lines.OrderBy(line => line.At))
        {
            clock.Reach(at);
            await telling.Tell(line);
        }

        clock.Reach(now);
        foreach (var (number, story, telling) in told)
        {
            await telling.End(now, Times(story, number, now)[^1]);
        }
    }

    /// <summary>When each line was said. Nobody writes on the full minute.</summary>
    internal static List<DateTimeOffset> Times(Story story, int number, DateTimeOffset now)
    {
        var at = story.Begins(now);
        return [.. story.Lines.Select((line, i) => at = at + line.After + TimeSpan.FromMilliseconds(i == 0 ? 0 : (((number * 7) + (i * 13)) % 31 * 1000) + (number % 1000 * 17)))];
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
