using System.CommandLine;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Server.Backups;

namespace Parley.Server.Commands;

/// <summary><c>parley migrate</c>: brings the store forward; with <c>--promoted</c> declares it the successor of one that may have been ahead.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Brings the store forward to this version. Servers of this store are stopped first.");
        var promoted = new Option<bool>("--promoted") { Description = "The store was a standby and is now the primary: clients drop what they kept of the old one." };
        var options = new Options().AddTo(command);
        command.Options.Add(promoted);
        command.SetAction(parsed => Exits.Run(async () =>
        {
            var (settings, path) = options.Read(parsed);
            using var folder = DataFolder.Take(path);
            var launch = new Launch(settings, path);
            await using var database = new Database(settings.Section<StoreSettings>().Open(path));
            var migrations = new Migrations(database, Product.Migrations, launch.Time);
            foreach (var step in await migrations.Pending())
            {
                Console.WriteLine($"step {step.Number}: {step.Name}");
            }

            var count = await migrations.Apply();
            if (parsed.GetValue(promoted))
            {
                await database.Write(session => Log.Heads.Renew(session, launch.Time.GetUtcNow().ToUnixTimeMilliseconds()));
                Console.WriteLine("The store has a new epoch: clients start anew, programs are told that the log was restored.");
                Console.WriteLine($"{await Log.Erasures.Apply(database, new Log.EntryTypes(Product.Modules.SelectMany(module => module.Entries)), path)} erasures applied again, "
                    + $"{await LocalCommands.With(launch, database, services => Forgetting.Again(services, path))} people and conversations forgotten again.");
            }

            Console.WriteLine(count == 0 ? "The store is of this version already." : $"{count} steps applied.");
            return Exits.Done;
        }));
        return command;
    }
}
