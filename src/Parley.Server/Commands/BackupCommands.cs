using System.CommandLine;
using Parley.Platform.Blobs;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Server.Backups;

namespace Parley.Server.Commands;

/// <summary><c>parley backup FILE</c> (also while the server runs) and <c>parley restore FILE</c>.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var command = new Command("backup", "Copies the whole store with its files into one archive, also while the server runs. Keep it as safe as the store: it holds everything.");
        var (file, options) = Make(command, "The archive to write (.tar.gz).");
        command.SetAction(parsed => Exits.Run(async () =>
        {
            var launch = options.Launch(parsed);
            await using var database = await Existing(launch);
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            await new Backup(database, Blobs(launch, database), launch.Time, Progress).Write(path, launch.Folder);
            Console.WriteLine($"{path}: {new FileInfo(path).Length} bytes.");
            return Exits.Done;
        }));
        return command;
    }

    public static Command Restore()
    {
        var command = new Command("restore", "Puts a backup into an empty folder or database, of either engine. What was erased since is erased again if its erasures.ndjson lies in the folder.");
        var (file, options) = Make(command, "The archive to read.");
        command.SetAction(parsed => Exits.Run(async () =>
        {
            var launch = options.Launch(parsed);
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
            {
                throw new LocalRefused($"There is no file {path}.", Exits.Usage);
            }

            using var folder = DataFolder.Take(launch.Folder);
            await using var database = new Database(launch.Settings.Section<StoreSettings>().Open(launch.Folder));
            await PostgresChecks.Run(database.Dialect);
            await new Restore(database, Blobs(launch, database), launch.Time, Progress).Read(path, launch.Folder);
            Progress($"{await LocalCommands.With(launch, database, services => Forgetting.People(services, launch.Folder))} people and conversations forgotten again");
            Console.WriteLine("Restored. Clients start anew; lists and search fill while the server runs.");
            return Exits.Done;
        }));
        return command;
    }

    private static (Argument<string> File, Options Options) Make(Command command, string description)
    {
        var file = new Argument<string>("FILE") { Description = description };
        command.Arguments.Add(file);
        return (file, new Options().AddTo(command));
    }

    /// <summary>A backup brings nothing forward and makes nothing: there must be a store of this version.</summary>
    private static async Task<Database> Existing(Launch launch)
    {
        var dialect = launch.Settings.Section<StoreSettings>().Open(launch.Folder);
        if (dialect is SqliteDialect sqlite && !File.Exists(sqlite.Path))
        {
            throw new LocalRefused($"There is no store in {launch.Folder}.", Exits.Store);
        }

        var database = new Database(dialect);
        if ((await new Migrations(database, Product.Migrations, launch.Time).Pending()).Count > 0)
        {
            await database.DisposeAsync();
            throw new LocalRefused("The store is of an older version. Run 'parley migrate' first, or use the version that wrote it.", Exits.Store);
        }

        return database;
    }

    private static BlobStore Blobs(Launch launch, Database database) => launch.Settings.Section<BlobSettings>().Open(database, launch.Time);

    private static void Progress(string line) => Console.Error.WriteLine(line);
}
