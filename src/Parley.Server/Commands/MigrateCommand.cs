using System.CommandLine;
using Parley.Platform.Blobs;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Server.Backups;

namespace Parley.Server.Commands;

/// <summary><c>parley migrate</c>: brings the store forward; with <c>--promoted</c> declares it the successor of one that may have been ahead.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Brings the store forward to this version. An embedded one is not served meanwhile; nodes on PostgreSQL may go on.");
        var promoted = new Option<bool>("--promoted") { Description = "The store was a standby and is now the primary: clients drop what they kept of the old one. All nodes are stopped first." };
        var options = new Options().AddTo(command);
        command.Options.Add(promoted);
        command.SetAction(parsed => Exits.Run(async () =>
        {
            var (settings, path) = options.Read(parsed);
            using var folder = DataFolder.Take(path);
            var launch = new Launch(settings, path);
            await using var database = new Database(settings.Section<StoreSettings>().Open(path));
            await PostgresChecks.Run(database.Dialect);
            var migrations = new Migrations(database, Product.Migrations, launch.Time);
            foreach (var step in await migrations.Pending())
            {
                Console.WriteLine($"step {step.Number}: {step.Name}");
            }

            var count = await migrations.Apply();
            if (parsed.GetValue(promoted))
            {
                await Promote(launch, database);
            }

            Console.WriteLine(count == 0 ? "The store is of this version already." : $"{count} steps applied.");
            return Exits.Done;
        }));
        return command;
    }

    /// <summary>The successor may be of an earlier day: what was erased since is erased again, and what was made of it is made anew.</summary>
    private static async Task Promote(Launch launch, Database database)
    {
        var earlier = await Log.Erasures.Beyond(database, launch.Folder) || await database.Read(Log.Heads.Unfinished);
        await database.Write(session => Log.Heads.Renew(session, launch.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        Console.WriteLine("The store has a new epoch: clients start anew, programs are told that the log was restored.");
        if (earlier)
        {
            var words = await Forgetting.Words(database, launch.Settings.Section<BlobSettings>().Open(database, launch.Time), launch.Folder);
            await database.Write(session => session.Execute("update cursors set position = -1"));
            var people = await LocalCommands.With(launch, database, services => Forgetting.People(services, launch.Folder));
            Console.WriteLine($"It is of an earlier day: {words} erasures applied again, {people} people and conversations forgotten again.");
            return;
        }

        await Forgetting.Finish(database, launch.Folder);
    }
}
