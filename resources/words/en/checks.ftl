check-no-internet = Ibid's processes cannot open a connection to the internet (the kernel refuses it)
check-keeper-folder = The process that holds an archive's key can read no other folder (the kernel refuses it)
check-locked-unreadable = A locked archive cannot be read without its passphrase
check-found-again = What is brought in is found again, and the archive is whole
check-words = Every sentence is there in English, Russian and Belarusian
